// Variants in which a signature, a key or the binding between them does not hold.
#include "base/encoding.h"
#include "mint/intel/world.h"

namespace tee::mint::intel {

namespace {

using MadeStep = std::function<void(Made&)>;

Row& add(std::vector<Row>& rows, std::string name, std::string what, std::string code, MadeStep step = {}) {
  Row& row = rows.emplace_back(
      Row{.name = std::move(name), .what = std::move(what), .exit = 1, .code = std::move(code)});
  row.made = std::move(step);
  return row;
}

// n of P-256 (FIPS 186-4, D.1.2.3): the smallest number that r and s must stay below.
Bytes group_order() { return *from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"); }

void add_flips(std::vector<Row>& rows) {
  const std::pair<const char*, Bytes Parts::*> fields[] = {
      {"body", &Parts::body},
      {"signature", &Parts::signature},
      {"qe-report", &Parts::qe_report},
      {"qe-report-signature", &Parts::qe_report_signature}};
  for (const auto& [name, field] : fields)
    add(rows, std::string("bad-flip-") + name, std::string("one bit of the ") + name + " is flipped",
        "signature.invalid",
        [field = field](Made& m) { m.quote.*field = flip_bit(m.quote.*field, (m.quote.*field).size() / 2); });
  add(rows, "bad-flip-qe-auth-data", "one bit of the authentication data is flipped", "intel.qe.binding",
      [](Made& m) { m.quote.qe_auth_data = flip_bit(m.quote.qe_auth_data, 0); });
  add(rows, "bad-flip-attestation-key", "one bit of the attestation key is flipped", "intel.qe.binding",
      [](Made& m) { m.quote.attestation_key = flip_bit(m.quote.attestation_key, 10); });
  add(rows, "bad-flip-header", "one bit of the header is flipped", "signature.invalid",
      [](Made& m) { m.quote.header = flip_bit(m.quote.header, 47); });
}

void add_numbers(std::vector<Row>& rows) {
  for (const char* which : {"quote", "qe-report"}) {
    Bytes Parts::*const field = which[1] == 'u' ? &Parts::signature : &Parts::qe_report_signature;
    const std::string name = std::string("bad-") + which;
    add(rows, name + "-signature-zero", "64 zero bytes as signature", "signature.malformed",
        [field](Made& m) { m.quote.*field = Bytes(64); });
    add(rows, name + "-r-zero", "r is zero", "signature.malformed",
        [field](Made& m) { put(m.quote.*field, 0, Bytes(32)); });
    add(rows, name + "-s-zero", "s is zero", "signature.malformed",
        [field](Made& m) { put(m.quote.*field, 32, Bytes(32)); });
    add(rows, name + "-r-order", "r is the order of the group", "signature.invalid",
        [field](Made& m) { put(m.quote.*field, 0, group_order()); });
    add(rows, name + "-s-order", "s is the order of the group", "signature.invalid",
        [field](Made& m) { put(m.quote.*field, 32, group_order()); });
  }
  add(rows, "bad-attestation-key-zero", "the attestation key is zero", "signature.malformed",
      [](Made& m) { m.quote.attestation_key = Bytes(64); });
  add(rows, "bad-attestation-key-off-curve", "the attestation key is no point of the curve",
      "signature.malformed", [](Made& m) { m.quote.attestation_key = Bytes(64, 1); });
}

// Whole parts from elsewhere: each is genuine by itself.
void add_mixed(std::vector<Row>& rows) {
  add(rows, "bad-attestation-key-replaced", "the body is signed anew with a key of the attacker",
      "intel.qe.binding", [](Made& m) {
        Draft other = m.world.quote;
        other.attestation_key = named_key("attacker");
        if (const Result<Parts> again = sign(other, m.world.pki.leaf.key, {})) {
          m.quote.signature = again->signature;
          m.quote.attestation_key = again->attestation_key;
        }
      });
  add(rows, "bad-quote-signature-of-other", "the signature of another quote of the same platform",
      "signature.invalid", [](Made& m) {
        Draft other = m.world.quote;
        other.body = flip_bit(other.body, 0);
        if (const Result<Parts> again = sign(other, m.world.pki.leaf.key, {}))
          m.quote.signature = again->signature;
      });
  add(rows, "bad-qe-report-of-other", "the QE report of another quote", "intel.qe.binding", [](Made& m) {
    Draft other = m.world.quote;
    other.attestation_key = named_key("other attestation");
    if (const Result<Parts> again = sign(other, m.world.pki.leaf.key, {})) {
      m.quote.qe_report = again->qe_report;
      m.quote.qe_report_signature = again->qe_report_signature;
    }
  });
  add(rows, "bad-qe-report-signed-by-attestation-key", "the QE report is signed with the attestation key",
      "signature.invalid", [](Made& m) {
        if (const Result<Parts> again = sign(m.world.quote, m.world.quote.attestation_key, {}))
          m.quote.qe_report_signature = again->qe_report_signature;
      });
}

void add_binding(std::vector<Row>& rows) {
  add(rows, "bad-qe-report-data-zero", "the QE report holds zeros instead of the hash", "intel.qe.binding")
      .world = [](World& w) { w.quote.keep_qe_report_data = true; };
  add(rows, "bad-qe-report-data-tail", "a byte follows the hash in the QE report", "intel.qe.binding").world =
      [](World& w) {
        Bytes bound = w.quote.attestation_key.public_key().ec()->x;
        append(bound, w.quote.attestation_key.public_key().ec()->y);
        append(bound, w.quote.qe_auth_data);
        put(w.quote.qe_report, enclave::kReportData, crypto::sha256(bound));
        w.quote.qe_report.back() = 1;
        w.quote.keep_qe_report_data = true;
      };
}

}  // namespace

void add_signature_rows(std::vector<Row>& rows) {
  add_flips(rows);
  add_numbers(rows);
  add_mixed(rows);
  add_binding(rows);
}

}  // namespace tee::mint::intel
