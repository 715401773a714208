// OpenSSL's own path validation as the oracle for ours: whatever validate_path accepts, OpenSSL must accept
// too.
//
// The anchor becomes a synthetic CA certificate (its name and key, a made-up signature) in a store with
// PARTIAL_CHAIN. Any room may run its minted chains through require_agreement(). Only tests include this.
#pragma once

#include <doctest/doctest.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <string>
#include <vector>

#include "codec/der.h"
#include "crypto/path.h"

namespace tee::test {

inline Bytes synthetic_anchor(const crypto::TrustAnchor& anchor) {
  const Bytes algorithm = der::sequence({der::object_identifier("1.2.840.10045.4.3.2")});
  const auto extension = [](std::string_view oid, const Bytes& value) {
    return der::sequence({der::object_identifier(oid), der::boolean(true), der::octet_string(value)});
  };
  const Bytes extensions = der::sequence(
      {extension("2.5.29.19", der::sequence({der::boolean(true)})),
       extension("2.5.29.15", der::encode(der::kBitString, Bytes{1, 0x06}))});  // keyCertSign, cRLSign
  const Bytes serial =
      anchor.serials.empty() ? der::integer(1) : der::encode(der::kInteger, anchor.serials.front());
  const Bytes validity = der::sequence({der::time(anchor.not_before.value_or(unix_time(0))),
                                        der::time(anchor.not_after.value_or(unix_time(4102444800)))});
  const Bytes tbs =
      der::sequence({der::encode(der::context(0), der::integer(2)), serial, algorithm, anchor.name, validity,
                     anchor.name, crypto::encode_spki(anchor.key), der::encode(der::context(3), extensions)});
  return der::sequence({tbs, algorithm, der::bit_string(Bytes(8, 1))});
}

inline X509* openssl_certificate(ByteView der) {
  const unsigned char* at = der.data();
  return d2i_X509(nullptr, &at, static_cast<long>(der.size()));
}

struct OracleVerdict {
  bool accepts = false;
  std::string why;
};

// `chain` leaf first, without the anchor.
inline OracleVerdict openssl_judges(const std::vector<ByteView>& chain, const crypto::TrustAnchor& anchor,
                                    Time at) {
  OracleVerdict out;
  X509* leaf = chain.empty() ? nullptr : openssl_certificate(chain[0]);
  X509* root = openssl_certificate(synthetic_anchor(anchor));
  STACK_OF(X509)* untrusted = sk_X509_new_null();
  bool all_read = leaf != nullptr && root != nullptr;
  for (std::size_t i = 1; i < chain.size(); ++i) {
    X509* intermediate = openssl_certificate(chain[i]);
    if (intermediate == nullptr) {
      all_read = false;
    } else {
      sk_X509_push(untrusted, intermediate);
    }
  }
  X509_STORE* store = X509_STORE_new();
  X509_STORE_CTX* context = X509_STORE_CTX_new();
  if (!all_read) {
    out.why = "a certificate that OpenSSL cannot read";
  } else if (X509_STORE_add_cert(store, root) == 1 &&
             X509_STORE_CTX_init(context, store, leaf, untrusted) == 1) {
    X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_time(parameters, to_unix(at));
    X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);
    out.accepts = X509_verify_cert(context) == 1;
    out.why = X509_verify_cert_error_string(X509_STORE_CTX_get_error(context));
  }
  X509_STORE_CTX_free(context);
  X509_STORE_free(store);
  sk_X509_pop_free(untrusted, X509_free);
  X509_free(root);
  X509_free(leaf);
  return out;
}

inline std::string show_findings(const crypto::PathResult& result) {
  std::string out;
  for (const crypto::PathFinding& f : result.findings)
    out += std::string(to_string(f.problem)) + " (" + f.detail + ") ";
  return out.empty() ? "accepted" : out;
}

// OpenSSL counts the second of notAfter as expired; RFC 5280 section 4.1.2.5 includes it. Where a certificate
// ends at exactly this second, the oracle is asked about the second before.
inline Time oracle_time(const std::vector<const crypto::Certificate*>& chain,
                        const crypto::TrustAnchor& anchor, Time at) {
  bool last_second = anchor.not_after == at;
  for (const crypto::Certificate* certificate : chain)
    last_second = last_second || certificate->not_after == at;
  return last_second ? at - Seconds(1) : at;
}

// Ours accepts => OpenSSL accepts. Returns both verdicts for further judgement of the cases where ours is
// stricter.
struct Agreement {
  crypto::PathResult ours;
  OracleVerdict openssl;
};
inline Agreement require_agreement(const std::vector<const crypto::Certificate*>& chain,
                                   const crypto::TrustAnchor& anchor, Time at,
                                   const crypto::PathRules& rules) {
  std::vector<ByteView> encoded;
  for (const crypto::Certificate* certificate : chain) encoded.push_back(certificate->der());
  Agreement out{crypto::validate_path(chain, anchor, at, rules),
                openssl_judges(encoded, anchor, oracle_time(chain, anchor, at))};
  REQUIRE_MESSAGE((!out.ours.ok() || out.openssl.accepts),
                  "validate_path accepts, OpenSSL does not: ", out.openssl.why);
  return out;
}

}  // namespace tee::test
