// Private keys for signing. Used by the mint and by tools that sign; never reached from the verifier. Floor F1.
#pragma once

#include <memory>

#include "crypto/key.h"

namespace tee::crypto {

class PrivateKey {
 public:
  static Result<PrivateKey> generate_ec(Curve curve);
  static Result<PrivateKey> generate_rsa(unsigned bits);
  static Result<PrivateKey> generate_ed25519();
  static Result<PrivateKey> from_pem(ByteView pem);  // unencrypted PKCS#8, SEC1 or PKCS#1
  std::string to_pem() const;                        // unencrypted PKCS#8; callers decide where it may live
  const PublicKey& public_key() const;
  // Under exactly this scheme; ECDSA as DER or raw r||s.
  Result<Bytes> sign(Scheme scheme, ByteView message, EcForm form = EcForm::der) const;

 private:
  struct Impl;
  std::shared_ptr<const Impl> impl_;
};

}  // namespace tee::crypto
