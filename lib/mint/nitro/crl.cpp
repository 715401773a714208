// Variants with revocation lists beside the document. Lists are optional for Nitro; one that is given counts.
#include "base/encoding.h"
#include "codec/json.h"
#include "mint/nitro/document.h"

namespace tee::mint::nitro {

namespace {

constexpr Seconds kDay{86400};

CrlSpec usual_crl(const Made& made, Place issuer) {
  CrlSpec spec;
  spec.issuer = made.chain[issuer].spec.subject;
  spec.this_update = made.facts.at - kDay;
  spec.next_update = made.facts.at + kDay;
  spec.scheme = crypto::Scheme::ecdsa_sha384;
  return spec;
}

Status add_crl(const Made& made, Case& c, Place signer, const CrlSpec& spec) {
  TEE_TRY(Bytes der, make_crl(spec, made.chain[signer].key));
  c.collateral.push_back({"crl-" + std::to_string(c.collateral.size()) + ".der", std::move(der)});
  return {};
}

void add_supplied(std::vector<Row>& rows) {
  rows.push_back({.name = "good-crl",
                  .what = "a current list of the regional authority that names nobody here",
                  .exit = 0,
                  .ask = [](const Made& made, Case& c) {
                    CrlSpec spec = usual_crl(made, kRegional);
                    spec.revoked = {{0x77}};
                    return add_crl(made, c, kRegional, spec);
                  }});
  rows.push_back({.name = "good-crl-other-issuer_S11",
                  .what = "a list of an authority outside this chain",
                  .exit = 0,
                  .ask = [](const Made& made, Case& c) {
                    CrlSpec spec = usual_crl(made, kRegional);
                    spec.issuer = common_name("elsewhere");
                    spec.revoked = {made.chain[kZonal].spec.serial};
                    return add_crl(made, c, kRegional, spec);
                  }});
  rows.push_back({.name = "bad-crl-zonal-revoked",
                  .what = "the regional authority revoked the zonal certificate",
                  .code = "chain.revoked",
                  .ask = [](const Made& made, Case& c) {
                    CrlSpec spec = usual_crl(made, kRegional);
                    spec.revoked = {{0x77}, made.chain[kZonal].spec.serial};
                    return add_crl(made, c, kRegional, spec);
                  }});
  rows.push_back({.name = "bad-crl-regional-revoked",
                  .what = "the root revoked the regional certificate",
                  .code = "chain.revoked",
                  .ask = [](const Made& made, Case& c) {
                    CrlSpec spec = usual_crl(made, kRoot);
                    spec.revoked = {made.chain[kRegional].spec.serial};
                    return add_crl(made, c, kRoot, spec);
                  }});
  rows.push_back({.name = "bad-crl-stale",
                  .what = "the list is past its next update",
                  .exit = 4,
                  .code = "crl.stale",
                  .ask = [](const Made& made, Case& c) {
                    CrlSpec spec = usual_crl(made, kRegional);
                    spec.next_update = made.facts.at - Seconds(1);
                    return add_crl(made, c, kRegional, spec);
                  }});
  rows.push_back({.name = "bad-crl-stale-revoked",
                  .what = "a list past its next update already says no",
                  .code = "chain.revoked",
                  .ask = [](const Made& made, Case& c) {
                    CrlSpec spec = usual_crl(made, kRegional);
                    spec.next_update = made.facts.at - Seconds(1);
                    spec.revoked = {made.chain[kZonal].spec.serial};
                    return add_crl(made, c, kRegional, spec);
                  }});
  rows.push_back({.name = "bad-crl-early",
                  .what = "the list begins after the judged time",
                  .exit = 4,
                  .code = "crl.stale",
                  .ask = [](const Made& made, Case& c) {
                    CrlSpec spec = usual_crl(made, kRegional);
                    spec.this_update = made.facts.at + Seconds(1);
                    return add_crl(made, c, kRegional, spec);
                  }});
  rows.push_back({.name = "bad-crl-signature",
                  .what = "the list is signed by another key",
                  .exit = 4,
                  .code = "crl.bad_signature",
                  .ask = [](const Made& made, Case& c) {
                    return add_crl(made, c, kZonal, usual_crl(made, kRegional));
                  }});
  rows.push_back({.name = "bad-crl-by-instance",
                  .what = "the instance authority may not sign lists",
                  .exit = 4,
                  .code = "crl.bad_signature",
                  .ask = [](const Made& made, Case& c) {
                    CrlSpec spec = usual_crl(made, kInstance);
                    spec.revoked = {made.chain[kLeaf].spec.serial};
                    return add_crl(made, c, kInstance, spec);
                  }});
  rows.push_back({.name = "bad-crl-older-list-revokes_S11",
                  .what = "the older of two valid lists names the zonal certificate",
                  .code = "chain.revoked",
                  .ask = [](const Made& made, Case& c) -> Status {
                    CrlSpec spec = usual_crl(made, kRegional);
                    spec.revoked = {made.chain[kZonal].spec.serial};
                    TEE_CHECK(add_crl(made, c, kRegional, spec));
                    spec.number = 2;
                    spec.revoked.clear();
                    return add_crl(made, c, kRegional, spec);
                  }});
  rows.push_back({.name = "bad-crl-newest-stale_S11",
                  .what = "the newest list is stale, an older number still current",
                  .exit = 4,
                  .code = "crl.stale",
                  .ask = [](const Made& made, Case& c) -> Status {
                    CrlSpec spec = usual_crl(made, kRegional);
                    TEE_CHECK(add_crl(made, c, kRegional, spec));
                    spec.number = 2;
                    spec.next_update = made.facts.at - Seconds(1);
                    return add_crl(made, c, kRegional, spec);
                  }});
}

// The document in our envelope, with a list that the attester brings along.
Status embed_crl(const Made& made, Case& c, const CrlSpec& spec) {
  TEE_TRY(const Bytes der, make_crl(spec, made.chain[kRegional].key));
  const Json item{{"kind", "crl"}, {"der_b64", base64(der)}};
  const Json envelope{{"schema", "tee.evidence/1"},
                      {"provider", "aws_nitro"},
                      {"type", "nitro_document"},
                      {"evidence_b64", base64(c.evidence.bytes)},
                      {"collateral", {{"schema", "tee.collateral/1"}, {"items", Json::array({item})}}}};
  const std::string text = json::dump(envelope);
  c.evidence = {"envelope.json", to_bytes(as_bytes(text))};
  return {};
}

void add_embedded(std::vector<Row>& rows) {
  rows.push_back({.name = "bad-embedded-crl-revokes_S11",
                  .what = "a list in the envelope names the zonal certificate",
                  .code = "chain.revoked",
                  .ask = [](const Made& made, Case& c) {
                    CrlSpec spec = usual_crl(made, kRegional);
                    spec.revoked = {made.chain[kZonal].spec.serial};
                    return embed_crl(made, c, spec);
                  }});
  rows.push_back({.name = "good-embedded-crl-stale_S11",
                  .what = "a stale list in the envelope is as if absent",
                  .exit = 0,
                  .ask = [](const Made& made, Case& c) {
                    CrlSpec spec = usual_crl(made, kRegional);
                    spec.next_update = made.facts.at - Seconds(1);
                    return embed_crl(made, c, spec);
                  }});
}

}  // namespace

void add_crl_rows(std::vector<Row>& rows) {
  add_supplied(rows);
  add_embedded(rows);
}

}  // namespace tee::mint::nitro
