// Minted SNP evidence for the unit tests of the room, judged by the room alone.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>

#include "base/env.h"
#include "mint/snp/scene.h"
#include "providers/snp/verifier.h"

namespace tee::test {

using mint::snp::Kind;
using mint::snp::Line;
using mint::snp::Made;

inline Made made(Line line = Line::genoa, std::uint32_t version = 3, Kind kind = Kind::vcek) {
  mint::snp::Row row;
  row.line = line;
  row.version = version;
  row.kind = kind;
  auto out = mint::snp::make_scene(row);
  REQUIRE(out.has_value());
  return *std::move(out);
}

inline crypto::Certificate certificate(const Bytes& der) {
  auto out = crypto::parse_certificate(der);
  REQUIRE(out.has_value());
  return *std::move(out);
}

inline CertificateItem item(const Bytes& der, Origin origin = Origin::supplied) {
  CertificateItem out;
  out.certificate = certificate(der);
  out.origin = origin;
  out.source = "test";
  out.sha256 = crypto::sha256(der);
  return out;
}

// Genuine AMD reports and certificates, where they are at hand.
inline std::string amd_folder() {
  const char* named = std::getenv("TEE_VECTORS");
  return (named ? named : std::string(TEE_SOURCE_DIR) + "/../shared/vectors") + "/amd/";
}
inline bool absent() { return !is_folder(amd_folder()); }

// The minted root as the only anchor, at the mint's time.
inline AppraisalOptions options_for(const Made& m) {
  AppraisalOptions out;
  out.at = mint::snp::kNow;
  SuppliedAnchor anchor;
  anchor.anchor = crypto::anchor_from(certificate(m.ark), "minted ARK");
  out.anchors.push_back(anchor);
  return out;
}

inline CollateralSet collateral_for(const Made& m) {
  CollateralSet out;
  out.certificates = {item(m.vek), item(m.intermediate)};
  return out;
}

inline Findings judge(ByteView evidence, const CollateralSet& collateral, const AppraisalOptions& options) {
  Findings out;
  snp::verifier().verify({evidence, collateral, options}, out);
  return out;
}

inline bool undecided(const Findings& f) {
  for (const Check& c : f.checks)
    if (c.status == CheckStatus::inconclusive) return true;
  return false;
}
inline bool failed(const Findings& f) {
  for (const Check& c : f.checks)
    if (c.status == CheckStatus::fail) return true;
  return false;
}
inline bool passes(const Findings& f) { return !f.checks.empty() && !failed(f) && !undecided(f); }

inline CheckStatus status_of(const Findings& f, std::string_view id) {
  const Check* c = f.find(id);
  CAPTURE(id);
  REQUIRE(c != nullptr);
  return c->status;
}
inline std::string_view code_of(const Findings& f, std::string_view id) {
  const Check* c = f.find(id);
  return c && c->code ? c->code->name : "";
}

}  // namespace tee::test
