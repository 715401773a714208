// Whole evidence that does not answer the question: another nonce, another workload, a paravisor that nobody
// knows.
#include "base/encoding.h"
#include "mint/vtpm/scene.h"

namespace tee::mint::vtpm {

namespace {

using Flags = std::vector<std::string>;

Row& asked(std::vector<Row>& rows, std::string name, std::string what, int exit, std::string code,
           Flags flags, std::function<void(Scene&)> scene = {}) {
  Row& row = rows.emplace_back(Row{std::move(name), std::move(what), exit, std::move(code)});
  row.scene = std::move(scene);
  row.ask = [flags = std::move(flags)](const Made&, Case& c) {
    c.flags = flags;
    return Status();
  };
  return row;
}

void add_nonces(std::vector<Row>& rows) {
  const auto nonce = [&](std::string name, std::string what, Bytes carried) {
    asked(rows, std::move(name), std::move(what), 1, "freshness.nonce_mismatch", full_question(),
          [carried = std::move(carried)](Scene& s) { s.quote.extra_data = carried; });
  };
  Bytes changed = usual_nonce(), shorter = usual_nonce(), longer = usual_nonce();
  changed[0] ^= 1;
  shorter.pop_back();
  longer.push_back(0);
  nonce("bad-nonce", "another nonce is quoted", changed);
  nonce("bad-nonce-empty", "no nonce is quoted", {});
  nonce("bad-nonce-shorter", "only the first 31 bytes are quoted", shorter);
  nonce("bad-nonce-longer", "a zero byte follows the nonce", longer);
  asked(rows, "bad-user-data", "the hardware report is of another time", 1, "binding.user_data_mismatch",
        {"--nonce", hex(usual_nonce()), "--expect", pin_of(11), "--user-data", std::string(64, 'a')});
  asked(rows, "bad-user-data-prefix", "only the beginning of the user data was asked for", 1,
        "binding.user_data_mismatch",
        {"--nonce", hex(usual_nonce()), "--expect", pin_of(11), "--user-data",
         hex(ByteView(usual_user_data()).first(32))});
}

void home_made(Scene& s) { s.id_key_digest = Bytes(48, 0x5a); }

void add_workload(std::vector<Row>& rows) {
  // Genuine hardware, a paravisor of the attacker's own: it writes what it likes into the vTPM.
  asked(rows, "bad-home-made-paravisor_S10", "a genuine host runs a paravisor that nobody knows", 4,
        "azure.paravisor.unpinned", full_question(), home_made);
  asked(rows, "bad-no-id-block_S10", "the guest was launched without an ID block", 4,
        "azure.paravisor.unpinned", full_question(), [](Scene& s) { s.id_key_digest = Bytes(48, 0); });
  asked(rows, "bad-almost-listed-paravisor_S10", "the digest differs from a listed one in its last byte", 4,
        "azure.paravisor.unpinned", full_question(), [](Scene& s) { s.id_key_digest.back() ^= 1; });
  Flags wrong = full_question();
  wrong.insert(wrong.end(), {"--expect", "measurement=" + std::string(96, '7')});
  asked(rows, "bad-other-paravisor_S10", "another launch measurement is expected", 1, "workload.mismatch",
        wrong, home_made);
  asked(rows, "bad-pcr-pinned-other", "another PCR value is expected", 1, "workload.mismatch",
        {"--nonce", hex(usual_nonce()), "--expect", "pcr11=" + std::string(64, '7')});
  asked(rows, "bad-pcr23-only_S10", "only a PCR is pinned that the guest can reset", 4, "workload.unasked",
        {"--nonce", hex(usual_nonce()), "--expect", pin_of(23)});
  asked(rows, "bad-pcr16-only_S10", "only the debug PCR is pinned", 4, "workload.unasked",
        {"--nonce", hex(usual_nonce()), "--expect", pin_of(16)});
  asked(rows, "bad-workload-unasked_S5", "nothing is pinned", 4, "workload.unasked",
        {"--nonce", hex(usual_nonce())});
  asked(rows, "bad-freshness-unasked_S6", "no nonce is asked for", 4, "freshness.unasked",
        {"--expect", pin_of(11)});
  asked(rows, "bad-secure-boot-off", "Secure Boot is expected", 1, "workload.mismatch",
        {"--nonce", hex(usual_nonce()), "--expect", pin_of(11), "--expect", "secure_boot=true"},
        [](Scene& s) { s.runtime["vm-configuration"]["secure-boot"] = false; });
}

}  // namespace

void add_question_rows(std::vector<Row>& rows) {
  add_nonces(rows);
  add_workload(rows);
}

}  // namespace tee::mint::vtpm
