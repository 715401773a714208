// Variants that must pass: every form in which evidence travels, and what paravisors write differently.
#include "base/encoding.h"
#include "mint/vtpm/scene.h"

namespace tee::mint::vtpm {

namespace {

Row& good(std::vector<Row>& rows, std::string name, std::string what) {
  return rows.emplace_back(Row{std::move(name), std::move(what), 0, {}});
}

void add_forms(std::vector<Row>& rows) {
  good(rows, "good", "Confidential Containers version 1 on Genoa");
  good(rows, "good-coco-v0", "version 0: lists of numbers, the VCEK as PEM").scene = [](Scene& s) {
    s.form = Form::coco_v0;
  };
  good(rows, "good-attestation-rs", "attestation-rs: base64url without padding, a platform around").scene =
      [](Scene& s) { s.form = Form::attestation_rs; };
  good(rows, "good-milan-v2", "a version 2 report has no CPUID; the product comes from the VCEK").scene =
      [](Scene& s) {
        s.host.line = snp::Line::milan;
        s.host.version = 2;
      };
  good(rows, "good-tpmt-signature", "the signature as TPMT_SIGNATURE").scene = [](Scene& s) {
    s.signature.form = SignatureSpec::Form::tpmt;
  };
  good(rows, "good-old-header", "an old host: header version 1, 2048 bytes").scene = [](Scene& s) {
    s.hcl.version = 1;
    s.hcl.whole_size = 2048;
  };
}

void add_runtime(std::vector<Row>& rows) {
  good(rows, "good-ek-first", "the encryption key stands before the attestation key").scene = [](Scene& s) {
    std::swap(s.runtime["keys"][0], s.runtime["keys"][1]);
  };
  good(rows, "good-no-user-data", "a very old paravisor without user data").scene = [](Scene& s) {
    s.runtime.erase("user-data");
  };
  Row& user = good(rows, "good-user-data", "the hardware report is shown to be fresh as well");
  user.ask = [](const Made&, Case& c) {
    c.flags.insert(c.flags.end(), {"--user-data", hex(usual_user_data())});
    return Status();
  };
  good(rows, "good-user-data-is-nonce_S10", "the nonce stands in the quote and in the hardware report").scene = [](Scene& s) {
    Bytes data = usual_nonce();
    data.resize(64, 0);
    s.runtime["user-data"] = hex(data);
  };
  Row& upper = good(rows, "good-user-data-upper-case", "older paravisors write user data in upper case");
  upper.scene = [](Scene& s) {
    std::string text = hex(usual_user_data());
    for (char& c : text)
      if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
    s.runtime["user-data"] = text;
  };
  upper.ask = user.ask;
}

void add_pins(std::vector<Row>& rows) {
  Row& pinned =
      good(rows, "good-pinned-paravisor_S10", "a paravisor of another key, pinned by its launch measurement");
  pinned.scene = [](Scene& s) { s.id_key_digest = Bytes(48, 0x5a); };
  pinned.ask = [](const Made& made, Case& c) {
    c.flags.insert(c.flags.end(), {"--expect", "measurement=" + hex(made.host.scene.report.measurement)});
    return Status();
  };
  Row& unlisted =
      good(rows, "good-unlisted-genuine-only_S10", "an unknown paravisor, asked only whether it is genuine");
  unlisted.scene = [](Scene& s) { s.id_key_digest = Bytes(48, 0x5a); };
  unlisted.ask = [](const Made&, Case& c) {
    c.flags = {"--genuine-only"};
    return Status();
  };
  good(rows, "good-unsafe-clock", "the TPM's clock may have gone back: a remark").scene = [](Scene& s) {
    s.quote.safe = 0;
  };
}

}  // namespace

void add_good_rows(std::vector<Row>& rows) {
  add_forms(rows);
  add_runtime(rows);
  add_pins(rows);
}

}  // namespace tee::mint::vtpm
