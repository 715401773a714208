// Good quotes, asked differently: what is pinned, and how fresh it must be.
#include "base/encoding.h"
#include "evidence/binding.h"
#include "mint/intel/world.h"

namespace tee::mint::intel {

namespace {

using Flags = std::vector<std::string>;

Row& add(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
         Flags flags) {
  Row& row = rows.emplace_back(
      Row{.name = std::move(name), .what = std::move(what), .exit = exit, .code = std::move(code)});
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

const Flags& nonce() {
  static const Flags flags{"--nonce", hex(usual_nonce())};
  return flags;
}

std::string times(std::size_t count, const char* byte) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += byte;
  return out;
}

void add_td_pins(std::vector<Row>& rows) {
  const std::string mr_td = "mr_td=" + times(48, "7d"), rtmr1 = "rtmr1=" + times(48, "a1"),
                    rtmr2 = "rtmr2=" + times(48, "a2");
  add(rows, "good-firmware-only_S5", "MRTD alone passes with a remark", 0, {},
      joined(nonce(), {"--expect", mr_td}));
  add(rows, "good-measurement", "MRTD under its common name", 0, {},
      joined(nonce(), {"--expect", "measurement=" + times(48, "7d"), "--expect", rtmr1, "--expect", rtmr2}));
  add(rows, "open-registers-without-firmware_S5", "RTMR1 and RTMR2 without MRTD identify nothing", 4,
      "workload.unasked", joined(nonce(), {"--expect", rtmr1, "--expect", rtmr2}));
  add(rows, "open-host-fields_S5", "the owner that the host named identifies nothing", 4, "workload.unasked",
      joined(nonce(), {"--expect", "mr_owner=" + times(48, "00"), "--expect", "debug=false"}));
  for (const char* name : {"mr_td", "rtmr0", "rtmr1", "rtmr2", "rtmr3", "mr_seam", "mr_config_id",
                           "td_attributes", "xfam", "tee_tcb_svn"}) {
    const std::string field(name);
    const std::size_t size = field == "td_attributes" || field == "xfam" ? 8
                             : field == "tee_tcb_svn"                    ? 16
                                                                         : 48;
    add(rows, "bad-expected-" + field, "another value of " + field + " is expected", 1, "workload.mismatch",
        joined(full_question(For::tdx), {"--expect", field + "=" + times(size, "5a")}));
  }
  add(rows, "bad-expected-fmspc", "another platform family is expected", 1, "workload.mismatch",
      joined(full_question(For::tdx), {"--expect", "fmspc=b0c06f000000"}));
  add(rows, "good-platform-pinned", "PPID and platform instance are pinned", 0, {},
      joined(full_question(For::tdx),
             {"--expect", "ppid=" + times(16, "50"), "--expect", "platform_instance_id=" + times(16, "61"),
              "--expect", "pce_id=0000"}));
  add(rows, "bad-mr-enclave-of-td_S21", "a claim of enclaves is expected of a TD", 1, "claim.absent",
      joined(full_question(For::tdx), {"--expect", "mr_enclave=" + times(32, "5a")}));
}

void add_enclave_pins(std::vector<Row>& rows) {
  const std::string signer = "mr_signer=" + times(32, "51");
  add(rows, "good-signer-product-version_S5", "signer, product and minimum version", 0, {},
      joined(nonce(), {"--expect", signer, "--expect", "isv_prod_id=3", "--expect", "isv_svn=>=9"}));
  add(rows, "bad-version-too-low", "a higher minimum version", 1, "workload.mismatch",
      joined(nonce(), {"--expect", signer, "--expect", "isv_prod_id=3", "--expect", "isv_svn=>=10"}));
  add(rows, "open-signer-alone_S5", "the signer alone identifies nothing", 4, "workload.unasked",
      joined(nonce(), {"--expect", signer}));
  add(rows, "open-signer-and-product_S5", "signer and product without version", 4, "workload.unasked",
      joined(nonce(), {"--expect", signer, "--expect", "isv_prod_id=3"}));
  add(rows, "good-measurement", "MRENCLAVE under its common name", 0, {},
      joined(nonce(), {"--expect", "measurement=" + times(32, "ec")}));
  for (const char* name : {"mr_enclave", "mr_signer", "config_id", "attributes", "cpu_svn"}) {
    const std::string field(name);
    const std::size_t size = field == "config_id"                          ? 64
                             : field == "attributes" || field == "cpu_svn" ? 16
                                                                           : 32;
    add(rows, "bad-expected-" + field, "another value of " + field + " is expected", 1, "workload.mismatch",
        joined(full_question(For::sgx), {"--expect", field + "=" + times(size, "5a")}));
  }
}

void add_freshness(std::vector<Row>& rows, For tee) {
  const Flags pinned = pins(tee);
  const std::string value = hex(usual_nonce());
  add(rows, "open-nothing-asked_S6", "no question about freshness", 4, "freshness.unasked", pinned);
  add(rows, "open-max-age_S6", "a quote carries no time", 4, "freshness.no_signed_time",
      joined(pinned, {"--max-age", "1h"}));
  add(rows, "bad-nonce-longer", "a byte more than the nonce is asked for", 1, "freshness.nonce_mismatch",
      joined(pinned, {"--nonce", value + "01"}));
  add(rows, "bad-nonce-shorter", "the first 31 bytes of the nonce are asked for", 1,
      "freshness.nonce_mismatch", joined(pinned, {"--nonce", value.substr(0, 62)}));
  add(rows, "good-report-data", "the report data is given", 0, {},
      joined(pinned, {"--report-data", value + times(32, "00")}));
  add(rows, "bad-report-data", "other report data is given", 1, "freshness.report_data_mismatch",
      joined(pinned, {"--report-data", times(64, "5a")}));
  add(rows, "bad-raw-nonce-as-bind-1_S1", "report data of a bare nonce, asked as tee-bind-1", 1,
      "freshness.nonce_mismatch", joined(pinned, {"--nonce", value, "--binding", "tee-bind-1"}));
  add(rows, "open-nothing-pinned_S5", "no question about the workload", 4, "workload.unasked", nonce());
  add(rows, "good-genuine-only", "authenticity alone", 0, {}, {"--genuine-only"});
}

void add_bound_key(std::vector<Row>& rows, For tee) {
  const Bytes key(32, 0x25);
  BoundFields fields;
  fields.nonce = usual_nonce();
  fields.public_key = encode_bound_key(bound_key::kX25519, key);
  const auto bound = tee_bind_1(fields);
  const std::size_t offset = tee == For::tdx ? td::kReportData : enclave::kReportData;
  const auto step = [bound, offset](World& w) { put(w.quote.body, offset, bound); };
  add(rows, "good-bound-key_S2", "nonce and key of the peer are bound with tee-bind-1", 0, {},
      joined(full_question(tee), {"--public-key", "x25519:" + hex(key), "--require-peer-binding"}))
      .world = step;
  add(rows, "bad-bound-key-other_S2", "the key of somebody else is asked for", 1, "freshness.nonce_mismatch",
      joined(full_question(tee), {"--public-key", "x25519:" + hex(Bytes(32, 0x26))}))
      .world = step;
}

}  // namespace

void add_question_rows(std::vector<Row>& rows, For tee) {
  if (tee == For::tdx)
    add_td_pins(rows);
  else
    add_enclave_pins(rows);
  add_freshness(rows, tee);
  add_bound_key(rows, tee);
}

}  // namespace tee::mint::intel
