#include "crypto/path.h"

#include <algorithm>
#include <cstdlib>

#include "base/encoding.h"
#include "crypto/x509_extensions.h"

namespace tee::crypto {

namespace {

constexpr std::size_t kMaxChain = 10, kMinRsaBits = 2048;

std::string show_name(const Certificate& certificate) {
  std::string out = certificate.subject_text();
  return out.empty() ? "a certificate without a name" : out;
}

// What stands above certificate i: the next certificate, or the anchor above the last one.
struct Issuer {
  ByteView name;
  const PublicKey* key = nullptr;  // null: a key that we cannot use
  const Certificate* certificate = nullptr;
  const TrustAnchor* anchor = nullptr;
};

Issuer issuer_of(const std::vector<const Certificate*>& chain, std::size_t i, const TrustAnchor& anchor) {
  if (i + 1 == chain.size()) return {anchor.name, &anchor.key, nullptr, &anchor};
  const Certificate& above = *chain[i + 1];
  return {above.subject, above.key ? &*above.key : nullptr, &above, nullptr};
}

class Judge {
 public:
  Judge(const std::vector<const Certificate*>& chain, const TrustAnchor& anchor, Time at,
        const PathRules& rules)
      : chain_(chain), anchor_(anchor), at_(at), rules_(rules) {}

  PathResult run() {
    for (index_ = 0; index_ < chain_.size(); ++index_) {
      const Certificate& certificate = *chain_[index_];
      if (certificate.version != 3) {
        report(PathProblem::version, "version 3 expected, found " + std::to_string(certificate.version));
      }
      check_issuer(certificate);
      check_signature(certificate);
      check_validity(certificate);
      check_extensions(certificate);
      if (index_ == 0) {
        check_leaf(certificate);
      } else {
        check_ca(certificate);
      }
    }
    if (rules_.check_validity && !anchor_valid(anchor_, at_)) {
      result_.findings.push_back({PathProblem::anchor_expired, chain_.size(),
                                  printable(anchor_.label) + ": not within its validity at " + rfc3339(at_)});
    }
    return std::move(result_);
  }

 private:
  void report(PathProblem problem, const std::string& what) {
    result_.findings.push_back({problem, index_, show_name(*chain_[index_]) + ": " + what});
  }

  // RFC 5280 section 6.1.3 (a)(4).
  void check_issuer(const Certificate& certificate) {
    const Issuer issuer = issuer_of(chain_, index_, anchor_);
    if (!equal(certificate.issuer, issuer.name)) {
      report(PathProblem::issuer_mismatch, "issued by " + Certificate::name_text(certificate.issuer) +
                                               ", not by " + Certificate::name_text(issuer.name));
    }
    if (issuer.certificate != nullptr) {
      check_authority(certificate, *issuer.certificate);
    } else {
      check_authority(certificate, *issuer.anchor);
    }
  }

  // The authority key identifier may be left out; where it is present it must fit (RFC 5280 section 4.2.1.1).
  void check_authority(const Certificate& certificate, const Certificate& above) {
    const Bytes& key_id = certificate.authority_key_id;
    if (!key_id.empty() && !above.subject_key_id.empty() && key_id != above.subject_key_id) {
      report(PathProblem::issuer_mismatch,
             "names the issuer key " + hex(key_id) + ", the issuer has " + hex(above.subject_key_id));
    }
    const Bytes& serial = certificate.authority_serial;
    if (!serial.empty() && !equal(serial, above.serial)) {
      report(PathProblem::issuer_mismatch,
             "names the issuer serial " + hex(serial) + ", the issuer has " + hex(above.serial));
    }
    if (!certificate.authority_issuer.empty() && !equal(certificate.authority_issuer, above.issuer)) {
      report(PathProblem::issuer_mismatch, "names another certificate of its issuer than the one given");
    }
  }

  void check_authority(const Certificate& certificate, const TrustAnchor& anchor) {
    const Bytes& serial = certificate.authority_serial;
    const auto& known = anchor.serials;
    if (serial.empty() || known.empty() || std::find(known.begin(), known.end(), serial) != known.end())
      return;
    report(PathProblem::issuer_mismatch,
           "names the issuer serial " + hex(serial) + ", which the anchor never had");
  }

  bool allowed(Scheme scheme) const {
    if (rules_.schemes.empty()) return scheme != Scheme::rsa_pkcs1_sha1;
    return std::find(rules_.schemes.begin(), rules_.schemes.end(), scheme) != rules_.schemes.end();
  }

  // The signature is judged also under a scheme that is not allowed, so that all problems are reported.
  void check_signature(const Certificate& certificate) {
    const Issuer issuer = issuer_of(chain_, index_, anchor_);
    if (!certificate.scheme) {
      report(PathProblem::weak_algorithm,
             "signature algorithm " + certificate.scheme_oid + " is not accepted");
    } else if (!allowed(*certificate.scheme)) {
      report(PathProblem::weak_algorithm,
             "signed with " + std::string(to_string(*certificate.scheme)) + ", which is not allowed here");
    }
    if (issuer.key == nullptr) {
      report(PathProblem::unsupported_key, "its issuer has " + printable(issuer.certificate->key_problem));
      return;
    }
    if (const RsaKey* rsa = issuer.key->rsa(); rsa != nullptr && rsa->bits() < kMinRsaBits) {
      report(PathProblem::weak_algorithm, "signed by an RSA key of " + std::to_string(rsa->bits()) + " bits");
    }
    if (certificate.scheme &&
        !verify(*issuer.key, *certificate.scheme, certificate.tbs, certificate.signature)) {
      report(PathProblem::bad_signature, "the key of " + Certificate::name_text(issuer.name) + " (" +
                                             describe(*issuer.key) + ") does not verify its signature");
    }
  }

  void check_validity(const Certificate& certificate) {
    if (!rules_.check_validity) return;
    if (at_ < certificate.not_before) {
      report(PathProblem::not_yet_valid,
             "valid from " + rfc3339(certificate.not_before) + ", judged at " + rfc3339(at_));
    }
    if (at_ > certificate.not_after) {
      report(PathProblem::expired,
             "valid until " + rfc3339(certificate.not_after) + ", judged at " + rfc3339(at_));
    }
  }

  // RFC 5280 section 6.1.4 (o) and 6.1.5 (f). Name constraints would have to be processed: never ignored.
  void check_extensions(const Certificate& certificate) {
    for (const Extension& extension : certificate.extensions) {
      if (extension.oid == oid::kNameConstraints) {
        report(PathProblem::unknown_critical_extension, "has name constraints, which are not supported");
        continue;
      }
      if (!extension.critical || extension.oid == oid::kBasicConstraints || extension.oid == oid::kKeyUsage)
        continue;
      const auto& known = rules_.known_critical;
      if (std::find(known.begin(), known.end(), extension.oid) == known.end()) {
        report(PathProblem::unknown_critical_extension, "has the critical extension " + extension.oid);
      }
    }
  }

  void check_leaf(const Certificate& leaf) {
    if (rules_.leaf_must_not_be_ca && leaf.is_ca) report(PathProblem::leaf_is_ca, "is a CA certificate");
    if (rules_.leaf_needs_digital_signature && !(leaf.key_usage && leaf.key_usage->digital_signature)) {
      report(PathProblem::key_usage, "keyUsage does not allow digital signatures");
    }
  }

  // RFC 5280 section 6.1.4 (k) to (n).
  void check_ca(const Certificate& ca) {
    if (!ca.is_ca) report(PathProblem::not_a_ca, "is not a CA certificate but issued another");
    if (!ca.key_usage && rules_.ca_needs_key_usage) {
      report(PathProblem::key_usage, "has no keyUsage, a CA certificate needs keyCertSign");
    } else if (ca.key_usage && !ca.key_usage->key_cert_sign) {
      report(PathProblem::key_usage, "keyUsage does not allow signing certificates");
    }
    const std::size_t below = index_ - 1;  // CA certificates between this one and the leaf
    if (ca.path_length && below > *ca.path_length) {
      report(PathProblem::path_length, "allows " + std::to_string(*ca.path_length) +
                                           " CA certificates below, found " + std::to_string(below));
    }
  }

  const std::vector<const Certificate*>& chain_;
  const TrustAnchor& anchor_;
  Time at_;
  const PathRules& rules_;
  std::size_t index_ = 0;
  PathResult result_;
};

PathResult only(PathProblem problem, std::string detail) {
  PathResult out;
  out.findings.push_back({problem, 0, std::move(detail)});
  return out;
}

}  // namespace

TrustAnchor anchor_from(const Certificate& certificate, std::string label) {
  TrustAnchor out;
  out.label = std::move(label);
  out.name = to_bytes(certificate.subject);
  if (certificate.key) out.key = *certificate.key;
  out.serials = {to_bytes(certificate.serial)};
  out.not_before = certificate.not_before;
  out.not_after = certificate.not_after;
  out.certificates = {certificate.fingerprint()};
  return out;
}

std::string_view to_string(PathProblem p) {
  switch (p) {
    case PathProblem::empty: return "empty";
    case PathProblem::issuer_mismatch: return "issuer_mismatch";
    case PathProblem::bad_signature: return "bad_signature";
    case PathProblem::expired: return "expired";
    case PathProblem::not_yet_valid: return "not_yet_valid";
    case PathProblem::not_a_ca: return "not_a_ca";
    case PathProblem::path_length: return "path_length";
    case PathProblem::key_usage: return "key_usage";
    case PathProblem::unknown_critical_extension: return "unknown_critical_extension";
    case PathProblem::weak_algorithm: return "weak_algorithm";
    case PathProblem::unsupported_key: return "unsupported_key";
    case PathProblem::leaf_is_ca: return "leaf_is_ca";
    case PathProblem::version: return "version";
    case PathProblem::anchor_expired: return "anchor_expired";
  }
  std::abort();
}

bool PathResult::has(PathProblem p) const {
  return std::any_of(findings.begin(), findings.end(), [p](const PathFinding& f) { return f.problem == p; });
}

bool anchor_valid(const TrustAnchor& anchor, Time at) {
  return !(anchor.not_before && at < *anchor.not_before) && !(anchor.not_after && at > *anchor.not_after);
}

PathResult validate_path(const std::vector<const Certificate*>& chain, const TrustAnchor& anchor, Time at,
                         const PathRules& rules) {
  const bool gap = std::find(chain.begin(), chain.end(), nullptr) != chain.end();
  if (chain.empty() || gap) return only(PathProblem::empty, "there is no certificate to judge");
  if (chain.size() > kMaxChain) {
    return only(PathProblem::path_length, "a chain of " + std::to_string(chain.size()) +
                                              " certificates, at most " + std::to_string(kMaxChain) +
                                              " are judged");
  }
  return Judge(chain, anchor, at, rules).run();
}

bool issued_by(const Certificate& certificate, ByteView issuer_name, const PublicKey& issuer_key) {
  return equal(certificate.issuer, issuer_name) && certificate.scheme &&
         verify(issuer_key, *certificate.scheme, certificate.tbs, certificate.signature);
}

}  // namespace tee::crypto
