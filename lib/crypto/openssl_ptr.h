// Owners for OpenSSL objects. Internal to lib/crypto. Floor F1.
#pragma once

#include <memory>

namespace tee::crypto {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};

// OpensslPtr<EVP_PKEY, EVP_PKEY_free>
template <class T, auto release>
using OpensslPtr = std::unique_ptr<T, Release<release>>;

}  // namespace tee::crypto
