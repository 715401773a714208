// The certificates of the fake Intel, with the profile of the real ones (Intel SGX PCK Certificate and CRL
// Profile Specification, sections 1.3 and 1.4). Part of lib/mint (floor F3).
#pragma once

#include <string>

#include "mint/x509.h"

namespace tee::mint::intel {

// A key that lasts as long as the process; the same name gives the same key.
const crypto::PrivateKey& named_key(const std::string& name, crypto::Curve curve = crypto::Curve::p256);

struct Link {
  CertificateSpec spec;
  crypto::PrivateKey key;     // the subject's
  crypto::PrivateKey signer;  // the issuer's
  bool spoil_signature = false;
};

struct Pki {
  Link root, ca, leaf, tcb_signing;
};

// What the certificates hold once they are issued, DER.
struct Issued {
  Bytes root, ca, leaf, tcb_signing;
};

enum class Authority { platform, processor };
Name intel_name(std::string cn);
Pki usual_pki(Time now, Authority authority);
void set_key(Link& link, const crypto::PrivateKey& key);
void remove_extension(Link& link, std::string_view oid);  // of those in spec.extensions
Result<Bytes> issue(const Link& link);
Result<Issued> issue(const Pki& pki);

Bytes flip_bit(Bytes bytes, std::size_t offset);
Bytes pem_of(std::initializer_list<ByteView> certificates);

}  // namespace tee::mint::intel
