// Collateral: what vouches for a signer. Every form that operators have is read into one set. Floor F2.
//
// Nothing here is trusted: rooms judge each item against their anchors. What a file is, is told by its bytes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"
#include "crypto/x509.h"

namespace tee {

// Who brought it. Embedded items come with the evidence: certificates are welcome, status documents never suffice (S11),
// key sets are ignored (S8).
enum class Origin { supplied, embedded };

struct ItemSource {
  std::string source;                       // file name, bundle "source", or "evidence"
  std::array<std::uint8_t, 32> sha256{};    // of the item's exact bytes
  Origin origin = Origin::supplied;
};

struct CertificateItem : ItemSource { crypto::Certificate certificate; };
struct CrlItem : ItemSource { crypto::Crl crl; };

enum class DocumentKind { tcb_info, qe_identity, tcb_evaluation_numbers, jwks, rim, ocsp_response, reference_values };
std::string_view to_string(DocumentKind k);

struct DocumentItem : ItemSource {
  DocumentKind kind;
  Bytes body;        // exact bytes; for Intel documents the signed object's bytes (from '{' to its '}')
  Bytes signature;   // Intel documents: 64 bytes r||s when well-formed, else empty
  std::string issuer;  // jwks: the issuer that the operator named for it, or empty
};

struct CollateralSet {
  std::vector<CertificateItem> certificates;
  std::vector<CrlItem> crls;
  std::vector<DocumentItem> documents;
  bool empty() const { return certificates.empty() && crls.empty() && documents.empty(); }
  void merge(CollateralSet other);
};

// One file's bytes: DER or PEM certificate(s), CRL (DER/PEM/hex), AMD certificate table, tee.collateral/1 bundle, DCAP quote-collateral
// JSON, PCS bodies ({"tcbInfo":…,"signature":…}, {"enclaveIdentity":…}, tcbEvaluationDataNumbers), percent-encoded issuer chains,
// JWKS, RIM (XML), OCSP responses. Error collateral.unrecognised when it is none of these.
Result<CollateralSet> read_collateral(ByteView bytes, const std::string& source, Origin origin);
// A file, or a folder whose files are read one by one (files that match nothing are ignored there).
Result<CollateralSet> load_collateral(const std::string& path);
// The certificate table of a GHCB extended report (spec of the GHCB, 56421, section 4.1.8.1). Unknown entries are passed over,
// a table of zeros is empty. Error collateral.malformed.
Result<CollateralSet> read_certificate_table(ByteView table, const std::string& source, Origin origin);
// An in-JSON bundle (object with "schema":"tee.collateral/1") or quote-collateral object. Signed JSON in it must stand as text: from
// a parsed object the signed bytes cannot be had back. Where the text is at hand, read_collateral keeps them.
Result<CollateralSet> collateral_from_json(const Json& json, const std::string& source, Origin origin);

}  // namespace tee
