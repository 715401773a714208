#include "mint/vtpm/scene.h"

#include <algorithm>

#include "base/encoding.h"
#include "codec/pem.h"
#include "crypto/digest.h"

namespace tee::mint::vtpm {

namespace {

// AMD SEV-SNP ABI 56860, table 23.
constexpr std::size_t kReportDataAt = 0x50, kIdKeyDigestAt = 0xe0;
// A key of the built-in list, as read off reports of 2025.
constexpr std::string_view kListedKey =
    "942fd93ebde6ea7a96efadeafc60f1c6b3d10e703b1dafd7555b92f7f3d32d0e006767648cba5b102af3d65756af4177";

void put(Bytes& report, std::size_t at, ByteView b) {
  std::copy(b.begin(), b.end(), report.begin() + static_cast<std::ptrdiff_t>(at));
}

Json numbers(ByteView b) { return Json(to_bytes(b)); }

// Confidential Containers pads its base64url, attestation-rs does not.
std::string padded_url(ByteView b) {
  std::string text = base64(b, Base64::url);
  while (text.size() % 4 != 0) text += '=';
  return text;
}

Json as_numbers(const Made& made) {
  Json pcrs = Json::array();
  for (const Bytes& value : made.scene.pcrs) pcrs.push_back(numbers(value));
  return {
      {"quote", {{"message", numbers(made.attest)}, {"signature", numbers(made.signature)}, {"pcrs", pcrs}}},
      {"report", numbers(made.hcl)},
      {"vcek", pem::encode("CERTIFICATE", made.host.vek)}};
}

Json as_text(const Made& made) {
  Json pcrs = Json::array();
  for (const Bytes& value : made.scene.pcrs) pcrs.push_back(hex(value));
  const auto text = [&](ByteView b) {
    return made.scene.form == Form::coco_v1 ? padded_url(b) : base64(b, Base64::url);
  };
  return {{"version", 1},
          {"tpm_quote", {{"message", hex(made.attest)}, {"signature", hex(made.signature)}, {"pcrs", pcrs}}},
          {"hcl_report", text(made.hcl)},
          {"vcek", text(made.host.vek)}};
}

}  // namespace

const Bytes& usual_nonce() {
  static const Bytes nonce = to_bytes(crypto::sha256(as_bytes("nonce")));
  return nonce;
}

const Bytes& usual_user_data() {
  static const Bytes data = to_bytes(crypto::sha512(as_bytes("user data")));
  return data;
}

std::string pin_of(unsigned pcr) { return "pcr" + std::to_string(pcr) + "=" + hex(usual_pcrs().at(pcr)); }

std::vector<std::string> full_question() { return {"--nonce", hex(usual_nonce()), "--expect", pin_of(11)}; }

Scene usual_scene() {
  Scene s;
  s.id_key_digest = *from_hex(kListedKey);
  s.runtime = usual_runtime(usual_user_data());
  s.quote.extra_data = usual_nonce();
  return s;
}

Bytes encode_evidence(const Made& made) {
  Json inner = made.scene.form == Form::coco_v0 ? as_numbers(made) : as_text(made);
  if (made.scene.evidence) made.scene.evidence(inner);
  if (made.scene.form != Form::attestation_rs) return to_bytes(as_bytes(json::dump(inner)));
  return to_bytes(as_bytes(json::dump(Json{{"platform", "az-snp"}, {"evidence", std::move(inner)}})));
}

Result<Made> make_scene(const Row& row) {
  Made made{usual_scene(), {}, {}, {}, {}};
  if (row.scene) row.scene(made.scene);
  const Scene& s = made.scene;

  Bytes runtime = to_bytes(as_bytes(json::dump(s.runtime)));
  if (s.runtime_text) s.runtime_text(runtime);
  Bytes report_data = to_bytes(crypto::sha256(runtime));
  report_data.resize(64, 0);
  if (s.report_data) s.report_data(report_data);
  snp::Row host = s.host;
  host.signed_part = [&](Bytes& report) {
    put(report, kReportDataAt, report_data);
    put(report, kIdKeyDigestAt, s.id_key_digest);
    if (s.host.signed_part) s.host.signed_part(report);
  };
  TEE_TRY(made.host, snp::make_scene(host));

  if (s.bound_text) s.bound_text(runtime);
  made.hcl = encode_hcl(s.hcl, made.host.report, runtime);
  if (s.hcl_bytes) s.hcl_bytes(made.hcl);
  made.attest = encode_attest(s.quote);
  if (s.attest) s.attest(made.attest);
  TEE_TRY(made.signature, sign_attest(made.attest, s.signature));
  if (s.signature_bytes) s.signature_bytes(made.signature);
  return made;
}

Result<Case> make_case(const Row& row) {
  if (row.other) return row.other(row);
  TEE_TRY(const Made made, make_scene(row));
  Case out;
  out.name = row.name;
  out.evidence = {"evidence.json", encode_evidence(made)};
  out.collateral = {{"ask.der", made.host.intermediate}};
  out.anchors = {{"device", {"ark.der", made.host.ark}}};
  out.at = snp::kNow;
  out.exit = row.exit;
  out.code = row.code;
  // A broken one must fail by itself, not because a question stays open.
  out.flags = row.exit == 0 ? full_question()
                            : std::vector<std::string>{"--genuine-only", "--nonce", hex(usual_nonce())};
  if (row.ask) {
    TEE_CHECK(row.ask(made, out));
  }
  return out;
}

}  // namespace tee::mint::vtpm
