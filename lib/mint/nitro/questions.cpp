// Genuine documents and the questions that they do not answer: debug mode, pins, nonce, age, instance.
#include "base/encoding.h"
#include "mint/nitro/document.h"

namespace tee::mint::nitro {

namespace {

using Flags = std::vector<std::string>;

Row& add(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
         Flags flags) {
  Row& row = rows.emplace_back(Row{std::move(name), std::move(what), exit, std::move(code)});
  row.ask = [flags = std::move(flags)](const Made&, Case& c) {
    c.flags = flags;
    return Status();
  };
  return row;
}

Flags joined(Flags a, const Flags& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::function<void(Map&)> with_pcrs(std::map<unsigned, Bytes> changed) {
  return [changed = std::move(changed)](Map& m) {
    std::map<unsigned, Bytes> pcrs = usual_facts().pcrs;
    for (const auto& [index, value] : changed) pcrs[index] = value;
    m.set("pcrs", pcr_map(pcrs).encode());
  };
}

const Bytes kZero(48, 0);

void add_debug(std::vector<Row>& rows) {
  const Flags nonce{"--nonce", hex(usual_facts().nonce)};
  const std::string pcr3 = "pcr3=" + hex(usual_facts().pcrs.at(3));
  const auto debug = with_pcrs({{0, kZero}, {1, kZero}, {2, kZero}});
  add(rows, "bad-debug_S13", "PCR0 to 2 are zero: a debug enclave", 1, "debug.enabled",
      joined(nonce, {"--genuine-only"}))
      .payload = debug;
  add(rows, "bad-debug-pinned-elsewhere_S13", "a debug enclave, pinned by PCR3 and PCR4 alone", 1,
      "debug.enabled", joined(nonce, {"--genuine-only", "--expect", pcr3}))
      .payload = debug;
  add(rows, "bad-pcr0-zero_S13", "PCR0 alone is zero", 1, "debug.enabled", joined(nonce, {"--genuine-only"}))
      .payload = with_pcrs({{0, kZero}});
  add(rows, "good-debug-allowed", "a debug enclave that the operator accepts", 0, {},
      joined(nonce, {"--genuine-only", "--allow-debug"}))
      .payload = debug;
  Row& absent = add(rows, "open-debug-unknown", "PCR0 to 2 are not stated", 4, "nitro.debug_unknown",
                    joined(nonce, {"--genuine-only"}));
  absent.payload = [](Map& m) {
    std::map<unsigned, Bytes> pcrs = usual_facts().pcrs;
    pcrs.erase(pcrs.begin(), pcrs.find(3));
    m.set("pcrs", pcr_map(pcrs).encode());
  };
}

void add_instance(std::vector<Row>& rows) {
  add(rows, "bad-pcr4-other-instance", "PCR4 is that of another instance", 1, "nitro.pcr4_mismatch",
      full_question())
      .payload = with_pcrs({{4, pcr4_for("i-0ffffffffffffffff")}});
  add(rows, "bad-pcr4-zero", "PCR4 is zero", 1, "nitro.pcr4_mismatch", full_question()).payload =
      with_pcrs({{4, kZero}});
  add(rows, "bad-module-id-other-instance", "the module id names another instance", 1, "nitro.pcr4_mismatch",
      full_question())
      .payload = [](Map& m) { m.set("module_id", text_item("i-0ffffffffffffffff-enc0123456789abcdef")); };
}

void add_pins(std::vector<Row>& rows) {
  const Flags nonce{"--nonce", hex(usual_facts().nonce)};
  const std::string pcr0 = hex(usual_facts().pcrs.at(0));
  const std::string wrong(96, '5');
  for (const std::string index : {"0", "1", "2"})
    add(rows, "bad-pcr" + index, "another PCR" + index + " is expected", 1, "workload.mismatch",
        joined(full_question(), {"--expect", "pcr" + index + "=" + wrong}));
  add(rows, "good-pcr0-alone", "PCR0 without PCR1 and PCR2 passes with a warning", 0, {},
      joined(nonce, {"--expect", "pcr0=" + pcr0}));
  add(rows, "good-measurement", "PCR0 pinned under its common name", 0, {},
      joined(nonce, {"--expect", "measurement=" + pcr0}));
  add(rows, "open-host-fields_S5", "PCR3 and the module id identify no workload", 4, "workload.unasked",
      joined(nonce, {"--expect", "pcr3=" + hex(usual_facts().pcrs.at(3)), "--expect",
                     "module_id=" + usual_facts().module_id}));
  add(rows, "bad-pcr-absent", "PCR20 is expected and not stated", 1, "claim.absent",
      joined(full_question(), {"--expect", "pcr20=" + wrong}));
  add(rows, "bad-pcr-prefix", "the first half of PCR0 is expected", 2, "claim.length",
      joined(nonce, {"--expect", "pcr0=" + pcr0.substr(0, 48)}));
  add(rows, "bad-expected-zero_S5", "an all-zero PCR0 is expected", 2, "claim.all_zero",
      joined(nonce, {"--expect", "pcr0=" + std::string(96, '0')}));
  Row& tpm = add(rows, "bad-nitrotpm-for-enclave_S21", "a NitroTPM document with the values of an enclave", 1,
                 "claim.absent", full_question());
  tpm.payload = [](Map& m) {
    m.set("nitrotpm_pcrs", *m.find("pcrs"));
    m.remove("pcrs");
  };
}

void add_freshness(std::vector<Row>& rows) {
  const std::string nonce = hex(usual_facts().nonce);
  Row& absent = add(rows, "bad-nonce-absent", "the document carries no nonce", 1, "freshness.nonce_mismatch",
                    full_question());
  absent.payload = [](Map& m) { m.set("nonce", null_item()); };
  add(rows, "bad-nonce-shorter", "the first 31 bytes of the nonce are asked for", 1,
      "freshness.nonce_mismatch", joined(pins(), {"--nonce", nonce.substr(0, 62)}));
  add(rows, "bad-nonce-longer", "a byte more than the nonce is asked for", 1, "freshness.nonce_mismatch",
      joined(pins(), {"--nonce", nonce + "00"}));
  Row& weak = add(rows, "open-weak-nonce_S4", "a nonce of eight bytes matches", 4, "freshness.weak_nonce",
                  joined(pins(), {"--nonce", "0102030405060708"}));
  weak.payload = [](Map& m) { m.set("nonce", bytes_item(Bytes{1, 2, 3, 4, 5, 6, 7, 8})); };
  add(rows, "open-nothing-asked_S6", "no question about freshness", 4, "freshness.unasked", pins());
  add(rows, "good-max-age_S6", "the signed time answers --max-age", 0, {},
      joined(pins(), {"--max-age", "30s"}));
  add(rows, "bad-max-age", "the document is older than allowed", 1, "freshness.too_old",
      joined(pins(), {"--max-age", "29s"}));
  const auto at = static_cast<std::uint64_t>(to_unix(usual_facts().at));
  add(rows, "good-clock-skew", "signed 60 seconds after the judged time", 0, {}, full_question()).payload =
      [at](Map& m) { m.set("timestamp", number_item((at + 60) * 1000)); };
}

void add_bindings(std::vector<Row>& rows) {
  add(rows, "good-user-data-and-key", "user data and public key are as asked", 0, {},
      joined(full_question(), {"--user-data", hex(usual_facts().user_data), "--public-key",
                               "x25519:" + hex(usual_facts().public_key), "--require-peer-binding"}));
  add(rows, "bad-user-data", "other user data is asked for", 1, "binding.user_data_mismatch",
      joined(full_question(), {"--user-data", "00"}));
  add(rows, "bad-public-key", "another public key is asked for", 1, "binding.key_mismatch",
      joined(full_question(), {"--public-key", "x25519:" + hex(Bytes(32, 0x08))}));
  add(rows, "bad-report-data", "a document has no report data", 1, "binding.unsupported",
      joined(full_question(), {"--report-data", std::string(128, '1')}));
  add(rows, "open-peer-unbound_S3", "no key is asked for where one is required", 4, "peer.unbound",
      joined(full_question(), {"--require-peer-binding"}));
}

}  // namespace

void add_question_rows(std::vector<Row>& rows) {
  add_debug(rows);
  add_instance(rows);
  add_pins(rows);
  add_freshness(rows);
  add_bindings(rows);
}

}  // namespace tee::mint::nitro
