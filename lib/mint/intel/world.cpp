#include "mint/intel/world.h"

#include <algorithm>

#include "base/encoding.h"

namespace tee::mint::intel {

namespace {

constexpr Seconds kDay{86400};
constexpr std::string_view kSgxExtension = "1.2.840.113741.1.13.1";

CrlSpec usual_crl(const Name& issuer, Time now) {
  CrlSpec spec;
  spec.issuer = issuer;
  spec.this_update = now - kDay;
  spec.next_update = now + 29 * kDay;
  spec.revoked = {{0x6f, 0xc3}, {0x7a, 0x99}};
  return spec;
}

Bytes report_data() {
  Bytes out = usual_nonce();
  out.resize(64);
  return out;
}

World usual_world(For tee) {
  return tee == For::tdx ? usual_world(tee, 4, Body::td10) : usual_world(tee, 3, Body::enclave);
}

// The root serves both roles of Intel's; each is named, because an anchor vouches for one thing only (S9).
void trust_root(const Issued& issued, Case& c) {
  for (const char* role : {"device", "collateral"}) c.anchors.push_back({role, {"root.der", issued.root}});
}

std::string pin(std::string_view name, const Bytes& body, std::size_t offset, std::size_t size) {
  return std::string(name) + "=" + hex(ByteView(body).subspan(offset, size));
}

Json bundle_item(const Artifact& a) {
  if (a.name.ends_with(".der")) return {{"kind", "crl"}, {"der_b64", base64(a.bytes)}};
  const std::string text(as_text(a.bytes));
  if (a.name.ends_with(".pem")) return {{"kind", "certificate_chain"}, {"pem", text}};
  return {{"kind", a.name.starts_with("tcb") ? "tcb_info" : "qe_identity"}, {"json", text}};
}

}  // namespace

Time usual_time() { return unix_time(1772366400); }  // 2026-03-01T12:00:00Z

Bytes usual_nonce() {
  Bytes out;
  for (std::uint8_t i = 0; i < 32; ++i) out.push_back(static_cast<std::uint8_t>(0xc0 + i));
  return out;
}

World usual_world(For tee, unsigned version, Body body, Authority authority) {
  World w;
  w.at = usual_time();
  w.tee = tee;
  w.authority = authority;
  w.pki = usual_pki(w.at, authority);
  if (authority == Authority::processor) {
    w.platform.instance_id.reset();
    w.platform.sgx_type = 0;
  }
  w.extension = sgx_extension(w.platform);
  w.published = usual_publication(tee, w.at);
  w.quote = draft(version, body, report_data());
  w.root_crl = usual_crl(w.pki.root.spec.subject, w.at);
  w.pck_crl = usual_crl(w.pki.ca.spec.subject, w.at);
  return w;
}

std::string Document::text() const {
  return "{\"" + member + "\":" + body + ",\"signature\":\"" + hex(signature) + "\"}";
}

Result<Document> sign_document(std::string member, std::string body, const crypto::PrivateKey& key) {
  Document out;
  TEE_TRY(out.signature, key.sign(crypto::Scheme::ecdsa_sha256, as_bytes(body), crypto::EcForm::raw));
  out.member = std::move(member);
  out.body = std::move(body);
  return out;
}

std::vector<Artifact> Made::collateral() const {
  return {{"tcb_info.json", to_bytes(as_bytes(tcb_info.text()))},
          {"qe_identity.json", to_bytes(as_bytes(qe_identity.text()))},
          {"tcb_signing_chain.pem", pem_of({issued.tcb_signing, issued.root})},
          {"root_crl.der", root_crl},
          {"pck_crl.der", pck_crl}};
}

Result<Made> make(const World& world, const Row& row) {
  Made made;
  made.world = world;
  World& w = made.world;
  if (row.world) row.world(w);
  if (w.leaf_has_extension)
    w.pki.leaf.spec.extensions.push_back({std::string(kSgxExtension), false, w.extension.encode()});
  TEE_TRY(made.issued, issue(w.pki));
  Json info = tcb_info(w.published), identity = qe_identity(w.published);
  if (row.tcb_info) row.tcb_info(info);
  if (row.qe_identity) row.qe_identity(identity);
  TEE_TRY(made.tcb_info, sign_document("tcbInfo", json::dump(info), w.pki.tcb_signing.key));
  TEE_TRY(made.qe_identity, sign_document("enclaveIdentity", json::dump(identity), w.pki.tcb_signing.key));
  TEE_TRY(made.root_crl, make_crl(w.root_crl, w.pki.root.key));
  TEE_TRY(made.pck_crl, make_crl(w.pck_crl, w.pki.ca.key));
  Bytes chain = pem_of({made.issued.leaf, made.issued.ca, made.issued.root});
  chain.push_back(0);  // as most real quotes end it
  TEE_TRY(made.quote, sign(w.quote, w.pki.leaf.key, std::move(chain)));
  if (row.made) row.made(made);
  return made;
}

Result<Case> make_case(const Row& row, For tee) {
  TEE_TRY(const Made made, make(row.start ? row.start() : usual_world(tee), row));
  Case c;
  c.name = row.name;
  c.evidence = {"quote.bin", made.quote.encode()};
  c.collateral = made.collateral();
  trust_root(made.issued, c);
  c.at = made.world.at;
  c.flags = full_question(tee);
  c.exit = row.exit;
  c.code = row.code;
  if (row.ask) {
    TEE_CHECK(row.ask(made, c));
  }
  return c;
}

std::vector<std::string> pins(For tee) {
  const World w = usual_world(tee);
  const Bytes& body = w.quote.body;
  if (tee == For::sgx) return {"--expect", pin("mr_enclave", body, enclave::kMrEnclave, 32)};
  return {"--expect", pin("mr_td", body, td::kMrTd, 48),
          "--expect", pin("rtmr1", body, td::kRtmr0 + 48, 48),
          "--expect", pin("rtmr2", body, td::kRtmr0 + 96, 48)};
}

std::vector<std::string> full_question(For tee) {
  std::vector<std::string> out = pins(tee);
  out.insert(out.end(), {"--nonce", hex(usual_nonce())});
  return out;
}

void drop(Case& c, std::string_view name) {
  std::erase_if(c.collateral, [&](const Artifact& a) { return a.name == name; });
}

void replace(Case& c, std::string_view name, Bytes content) {
  for (Artifact& a : c.collateral)
    if (a.name == name) a.bytes = std::move(content);
}

Status embed(Case& c, For tee, const std::vector<std::string>& files) {
  const bool tdx = tee == For::tdx;
  Json items = Json::array();
  std::erase_if(c.collateral, [&](const Artifact& a) {
    const bool chosen = files.empty() || std::find(files.begin(), files.end(), a.name) != files.end();
    if (chosen) items.push_back(bundle_item(a));
    return chosen;
  });
  const Json envelope{{"schema", "tee.evidence/1"},
                      {"provider", tdx ? "intel_tdx" : "intel_sgx"},
                      {"type", tdx ? "tdx_quote" : "sgx_quote"},
                      {"evidence_b64", base64(c.evidence.bytes)},
                      {"collateral", {{"schema", "tee.collateral/1"}, {"items", std::move(items)}}}};
  c.evidence = {"envelope.json", to_bytes(as_bytes(json::dump(envelope)))};
  return {};
}

}  // namespace tee::mint::intel
