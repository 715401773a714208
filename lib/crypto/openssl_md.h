// The fetched OpenSSL digest behind a Hash. Internal to lib/crypto. Floor F1.
#pragma once

#include <openssl/types.h>

#include "crypto/digest.h"

namespace tee::crypto {

const EVP_MD* message_digest(Hash h);  // never null; lives as long as the process

}  // namespace tee::crypto
