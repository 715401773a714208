// VEK certificates that are not of this report, or that break AMD's profile. The report is signed by their
// key unless the row says otherwise.
#include "codec/der.h"
#include "mint/snp/scene.h"

namespace tee::mint::snp {

namespace {

Row& bad(std::vector<Row>& rows, std::string name, std::string what, std::string code = "snp.vek.profile") {
  return rows.emplace_back(Row{std::move(name), std::move(what), 1, std::move(code)});
}

void extension(std::vector<Row>& rows, std::string name, std::string what, std::string suffix, Bytes value,
               std::string code = "snp.vek.profile") {
  bad(rows, std::move(name), std::move(what), std::move(code)).scene = [suffix = std::move(suffix),
                                                                        value = std::move(value)](Scene& s) {
    set_extension(s.vek, suffix, value);
  };
}

void add_kinds(std::vector<Row>& rows) {
  bad(rows, "bad-vcek-signs-as-vlek", "SIGNING_KEY says VLEK, the certificate is a VCEK", "snp.vek.kind")
      .scene = [](Scene& s) { s.report.key_info = 4; };
  Row& vlek =
      bad(rows, "bad-vlek-signs-as-vcek", "SIGNING_KEY says VCEK, the certificate is a VLEK", "snp.vek.kind");
  vlek.kind = Kind::vlek;
  vlek.scene = [](Scene& s) {
    s.report.key_info = 0;
    s.report.chip_id.fill(7);
  };
  Row& asvk = bad(rows, "bad-vcek-by-asvk", "a VCEK issued by the ASVK", "snp.vek.kind");
  asvk.scene = [](Scene& s) {
    s.intermediate = ca_spec(s.line, Ca::asvk);
    s.vek.issuer = s.intermediate.subject;
    s.vek_signer = ca_key(Ca::asvk);
  };
  Row& ask = bad(rows, "bad-vlek-by-ask", "a VLEK issued by the ASK", "snp.vek.kind");
  ask.kind = Kind::vlek;
  ask.scene = [](Scene& s) {
    s.intermediate = ca_spec(s.line, Ca::ask);
    s.vek.issuer = s.intermediate.subject;
    s.vek_signer = ca_key(Ca::ask);
  };
  bad(rows, "bad-subject-name", "a subject that is neither SEV-VCEK nor SEV-VLEK", "snp.vek.kind").scene =
      [](Scene& s) { s.vek.subject = amd_name("SEV-VCEK2"); };
}

void add_chip(std::vector<Row>& rows) {
  bad(rows, "bad-hwid-other-chip", "the key signs, but the certificate names another chip", "snp.vek.hwid")
      .scene = [](Scene& s) {
    Bytes id = to_bytes(s.report.chip_id);
    id[63] ^= 1;
    set_extension(s.vek, "4", id);
  };
  Row& missing = bad(rows, "bad-hwid-missing", "a VCEK without hwID");
  missing.scene = [](Scene& s) { remove_extension(s.vek, "4"); };
  for (const std::size_t size : {0u, 1u, 7u, 9u, 10u, 63u, 65u, 66u})
    extension(rows, "bad-hwid-" + std::to_string(size) + "-bytes", "hwID of a length that does not exist",
              "4", Bytes(size, 0x11));
  bad(rows, "bad-hwid-8-bytes-on-genoa", "Turin's short hwID on Genoa", "snp.vek.hwid").scene = [](Scene& s) {
    set_extension(s.vek, "4", to_bytes(ByteView(s.report.chip_id).first(8)));
  };
  Row& turin = bad(rows, "bad-hwid-64-bytes-on-turin", "a long hwID on Turin", "snp.vek.hwid");
  turin.line = Line::turin;
  turin.version = 5;
  turin.scene = [](Scene& s) { set_extension(s.vek, "4", to_bytes(s.report.chip_id)); };
  Row& tail =
      bad(rows, "bad-chip-id-tail-on-turin", "CHIP_ID has bytes after the eight of Turin", "snp.vek.hwid");
  tail.line = Line::turin;
  tail.version = 5;
  tail.scene = [](Scene& s) { s.report.chip_id[63] = 1; };

  Row& other =
      bad(rows, "bad-other-chips-vcek", "only another chip's certificate is at hand", "chain.missing");
  other.exit = 4;
  other.ask = [](const Made& made, Case& c) -> Status {
    ReportSpec report = made.scene.report;
    report.chip_id[5] ^= 1;
    TEE_TRY(c.collateral.front().bytes, other_vek(made, report, "another chip"));
    return {};
  };
  Row& none = bad(rows, "bad-no-vek", "no VEK certificate at all", "chain.missing");
  none.exit = 4;
  none.ask = [](const Made&, Case& c) {
    c.collateral.erase(c.collateral.begin());
    return Status();
  };
}

void add_tcb(std::vector<Row>& rows) {
  Row& other =
      bad(rows, "bad-other-tcb-vcek", "the certificate of the same chip for another TCB", "snp.vek.tcb");
  other.ask = [](const Made& made, Case& c) -> Status {
    ReportSpec report = made.scene.report;
    report.reported = encode_tcb(made.scene.line, {9, 2, 22, 84, 3});
    TEE_TRY(c.collateral.front().bytes, other_vek(made, report, "another tcb"));
    return {};
  };
  for (const auto& [suffix, name] : {std::pair("3.1", "bl"), std::pair("3.2", "tee"), std::pair("3.3", "snp"),
                                     std::pair("3.8", "ucode"), std::pair("3.9", "fmc")}) {
    Row& row = bad(rows, std::string("bad-certified-") + name, "the key signs, but one component differs",
                   "snp.vek.tcb");
    row.line = Line::turin;
    row.version = 5;
    row.scene = [suffix = std::string(suffix)](Scene& s) { set_extension(s.vek, suffix, spl(1)); };
    Row& missing = bad(rows, std::string("bad-spl-missing-") + name, "one component is not certified");
    missing.line = Line::turin;
    missing.version = 5;
    missing.scene = [suffix = std::string(suffix)](Scene& s) { remove_extension(s.vek, suffix); };
  }
  extension(rows, "bad-fmc-on-genoa", "a component that the product does not have", "3.9", spl(0));
  for (const char* suffix : {"3.4", "3.5", "3.6", "3.7"})
    extension(rows, std::string("bad-reserved-spl-") + suffix[2], "a reserved component is not zero", suffix,
              spl(1));
}

// The report states bl 9: each of these is another way of writing 9, or no number at all.
void add_encodings(std::vector<Row>& rows) {
  extension(rows, "bad-spl-padded", "9 with a needless leading zero", "3.1", {0x02, 0x02, 0x00, 0x09});
  extension(rows, "bad-spl-negative", "a negative INTEGER", "3.1", {0x02, 0x01, 0x89});
  extension(rows, "bad-spl-long-form", "9 with a length in long form", "3.1", {0x02, 0x81, 0x01, 0x09});
  extension(rows, "bad-spl-three-bytes", "an INTEGER of three bytes that ends in 9", "3.1",
            {0x02, 0x03, 0x01, 0x00, 0x09});
  extension(rows, "bad-spl-above-255", "an INTEGER of two bytes that ends in 9", "3.1",
            {0x02, 0x02, 0x01, 0x09});
  extension(rows, "bad-spl-boolean", "a BOOLEAN", "3.1", {0x01, 0x01, 0x09});
  extension(rows, "bad-spl-enumerated", "an ENUMERATED", "3.1", {0x0a, 0x01, 0x09});
  extension(rows, "bad-spl-trailing", "bytes after the INTEGER", "3.1", {0x02, 0x01, 0x09, 0x00});
  extension(rows, "bad-spl-raw", "the bare byte", "3.1", {0x09});
  extension(rows, "bad-spl-empty", "nothing", "3.1", {});
}

void add_profile(std::vector<Row>& rows) {
  extension(rows, "bad-struct-version-1-on-genoa", "Turin's structVersion on Genoa", "1", spl(1));
  extension(rows, "bad-struct-version-2", "an unknown structVersion", "1", spl(2));
  bad(rows, "bad-struct-version-missing", "no structVersion").scene = [](Scene& s) {
    remove_extension(s.vek, "1");
  };
  Row& turin = bad(rows, "bad-struct-version-0-on-turin", "Genoa's structVersion on Turin");
  turin.line = Line::turin;
  turin.version = 5;
  turin.scene = [](Scene& s) { set_extension(s.vek, "1", spl(0)); };
  extension(rows, "bad-product-name-unknown", "a product that does not exist", "2", der::ia5("Naples"));
  extension(rows, "bad-product-name-prefix", "a product name that only begins like one", "2",
            der::ia5("Genoas"));
  extension(rows, "bad-product-name-utf8", "productName as UTF8String", "2", der::utf8("Genoa"));
  extension(rows, "bad-product-name-other", "another product than the issuer's", "2", der::ia5("Milan-B0"),
            "snp.product.mismatch");
  bad(rows, "bad-product-name-missing", "no productName").scene = [](Scene& s) {
    remove_extension(s.vek, "2");
  };
  extension(rows, "bad-vcek-with-csp", "a VCEK with cspID", "5", der::ia5("CN=cc-mint-1.example"));
  for (const auto& [name, suffix, value] : {std::tuple("bad-vlek-without-csp", "5", Bytes()),
                                            std::tuple("bad-vlek-with-hwid", "4", Bytes(64, 0x11))}) {
    Row& row = bad(rows, name, "a VLEK names the provider and no chip");
    row.kind = Kind::vlek;
    row.scene = [suffix = std::string(suffix), value = value](Scene& s) {
      if (value.empty())
        remove_extension(s.vek, suffix);
      else
        set_extension(s.vek, suffix, value);
    };
  }
  bad(rows, "bad-extension-twice", "bl occurs twice with the same value", "collateral.malformed").scene =
      [](Scene& s) {
        for (const ExtensionSpec& e : std::vector<ExtensionSpec>(s.vek.extensions))
          if (e.oid.ends_with(".3.1")) s.vek.extensions.push_back(e);
      };
  rows.back().exit = 3;
  bad(rows, "bad-critical-unknown", "an unknown critical extension", "chain.invalid").scene = [](Scene& s) {
    s.vek.extensions.push_back({"1.3.6.1.4.1.3704.1.99", true, {0x05, 0x00}});
  };
}

void add_keys(std::vector<Row>& rows) {
  static const crypto::PrivateKey p256 = *crypto::PrivateKey::generate_ec(crypto::Curve::p256);
  bad(rows, "bad-vek-p256", "a VCEK on P-256 for this chip and TCB").scene = [](Scene& s) {
    s.vek.key = p256.public_key();
  };
  bad(rows, "bad-vek-rsa", "an RSA VCEK for this chip and TCB").scene = [](Scene& s) {
    s.vek.key = ca_key(Ca::stranger).public_key();
  };
  bad(rows, "bad-vek-other-key", "a VCEK for this chip and TCB whose key did not sign", "signature.invalid")
      .scene = [](Scene& s) { s.vek.key = named_key("somebody").public_key(); };
  Row& vlek =
      bad(rows, "bad-vlek-other-key", "a VLEK for this TCB whose key did not sign", "signature.invalid");
  vlek.kind = Kind::vlek;
  vlek.scene = [](Scene& s) { s.vek.key = named_key("somebody").public_key(); };
}

void add_validity(std::vector<Row>& rows) {
  bad(rows, "bad-vek-expired_S14", "one second past its end; there is no leeway", "chain.expired").scene =
      [](Scene& s) { s.vek.not_after = kNow - Seconds(1); };
  bad(rows, "bad-vek-not-yet-valid_S14", "one second before its start", "chain.not_yet_valid").scene =
      [](Scene& s) { s.vek.not_before = kNow + Seconds(1); };
}

}  // namespace

void add_vek_rows(std::vector<Row>& rows) {
  add_kinds(rows);
  add_chip(rows);
  add_tcb(rows);
  add_encodings(rows);
  add_profile(rows);
  add_keys(rows);
  add_validity(rows);
}

}  // namespace tee::mint::snp
