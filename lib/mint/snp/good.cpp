// Variants that must pass: every product, version and key kind, and what may stand beside a report.
#include "base/encoding.h"
#include "codec/pem.h"
#include "mint/snp/scene.h"

namespace tee::mint::snp {

namespace {

Row& good(std::vector<Row>& rows, std::string name, std::string what) {
  return rows.emplace_back(Row{std::move(name), std::move(what), 0, {}});
}

void add_products(std::vector<Row>& rows) {
  struct Product {
    const char* name;
    Line line;
    std::uint32_t version;
    Kind kind;
  };
  constexpr Product kProducts[] = {
      {"good-milan-v2-vcek", Line::milan, 2, Kind::vcek}, {"good-milan-v3-vcek", Line::milan, 3, Kind::vcek},
      {"good-milan-v4-vcek", Line::milan, 4, Kind::vcek}, {"good-milan-v5-vcek", Line::milan, 5, Kind::vcek},
      {"good-genoa-v2-vcek", Line::genoa, 2, Kind::vcek}, {"good-genoa-v3-vcek", Line::genoa, 3, Kind::vcek},
      {"good-genoa-v5-vcek", Line::genoa, 5, Kind::vcek}, {"good-turin-v3-vcek", Line::turin, 3, Kind::vcek},
      {"good-turin-v5-vcek", Line::turin, 5, Kind::vcek}, {"good-milan-v2-vlek", Line::milan, 2, Kind::vlek},
      {"good-milan-v3-vlek", Line::milan, 3, Kind::vlek}, {"good-genoa-v5-vlek", Line::genoa, 5, Kind::vlek},
      {"good-turin-v5-vlek", Line::turin, 5, Kind::vlek},
  };
  for (const Product& p : kProducts) {
    Row& row = good(rows, p.name, "asked for the measurement and the report data");
    row.line = p.line;
    row.version = p.version;
    row.kind = p.kind;
  }
  for (const std::uint8_t model : {std::uint8_t{0xa0}, std::uint8_t{0xaf}}) {
    Row& row = good(rows, "good-genoa-model-" + hex(Bytes{model}), "Siena and Bergamo use Genoa's keys");
    row.scene = [model](Scene& s) { s.report.fms = {0x19, model, 0x02}; };
  }
}

void add_fields(std::vector<Row>& rows) {
  Row& provisional = good(rows, "good-provisional-firmware", "the committed TCB lags behind the current one");
  provisional.scene = [](Scene& s) {
    s.report.current = encode_tcb(Line::genoa, {9, 2, 24, 90, 0});
    s.report.current_firmware.build = 43;
  };
  Row& launch = good(rows, "good-launch-above-committed", "the launch TCB is not ordered against the others");
  launch.scene = [](Scene& s) { s.report.launch = encode_tcb(Line::genoa, {9, 2, 25, 84, 0}); };
  Row& bits =
      good(rows, "good-unknown-platform-bits", "PLATFORM_INFO bits without a known meaning are tolerated");
  bits.scene = [](Scene& s) { s.report.platform_info = 0x80000000000001e5; };
  Row& octets = good(rows, "good-hwid-octet-string", "hwID stands in an OCTET STRING");
  octets.scene = [](Scene& s) {
    Bytes id{0x04, 0x40};
    append(id, s.report.chip_id);
    set_extension(s.vek, "4", id);
  };
  Row& first =
      good(rows, "good-hwid-begins-like-der", "a raw hwID that begins like an OCTET STRING or INTEGER");
  first.scene = [](Scene& s) {
    s.report.chip_id[0] = 0x04;
    s.report.chip_id[1] = 0x3e;
    set_extension(s.vek, "4", to_bytes(s.report.chip_id));
  };
  Row& v4 = good(rows, "good-v4-unpublished-fields", "version 4 may use what version 3 reserves at 1F8");
  v4.version = 4;
  v4.signed_part = [](Bytes& b) { b[0x1f8] = 1; };
}

void add_times(std::vector<Row>& rows) {
  Row& last = good(rows, "good-last-second", "judged at the last second of the VCEK; ends are inclusive");
  last.ask = [](const Made& made, Case& c) {
    c.at = made.scene.vek.not_after;
    return Status();
  };
  Row& twin = good(rows, "good-expired-twin-beside", "an expired certificate for the same key stands first");
  twin.ask = [](const Made& made, Case& c) -> Status {
    CertificateSpec old = made.scene.vek;
    old.not_before -= Seconds(86400 * 400);
    old.not_after = old.not_before + Seconds(86400);
    TEE_TRY(Bytes der, issue(old, made.scene.vek_signer));
    c.collateral.insert(c.collateral.begin(), Artifact{"old-vcek.der", std::move(der)});
    return {};
  };
}

void add_neighbours(std::vector<Row>& rows) {
  Row& chips = good(rows, "good-other-chips-beside", "certificates of other chips are ignored");
  chips.ask = [](const Made& made, Case& c) -> Status {
    for (int i = 0; i < 3; ++i) {
      ReportSpec other = made.scene.report;
      other.chip_id[0] = static_cast<std::uint8_t>(other.chip_id[0] + i + 1);
      TEE_TRY(Bytes der, other_vek(made, other, "chip " + std::to_string(i)));
      c.collateral.insert(c.collateral.begin(),
                          Artifact{"chip" + std::to_string(i) + ".der", std::move(der)});
    }
    return {};
  };
  Row& tcb =
      good(rows, "good-other-tcb-beside", "a certificate of the same chip for another TCB stands first");
  tcb.ask = [](const Made& made, Case& c) -> Status {
    ReportSpec other = made.scene.report;
    other.reported = encode_tcb(Line::genoa, {9, 2, 22, 84, 0});
    TEE_TRY(Bytes der, other_vek(made, other, "older tcb"));
    c.collateral.insert(c.collateral.begin(), Artifact{"older.der", std::move(der)});
    return {};
  };
  Row& decoy = good(rows, "good-decoy-issuer-beside",
                    "a certificate with the issuer's name and another key stands first");
  decoy.ask = [](const Made& made, Case& c) -> Status {
    CertificateSpec spec = made.scene.intermediate;
    spec.key = ca_key(Ca::stranger).public_key();
    TEE_TRY(Bytes der, issue(spec, ca_key(Ca::stranger)));
    c.collateral.insert(c.collateral.begin(), Artifact{"decoy.der", std::move(der)});
    return {};
  };
  Row& asvk = good(rows, "good-both-intermediates", "ASK, ASVK and ARK are all given, root first");
  asvk.ask = [](const Made& made, Case& c) -> Status {
    TEE_TRY(Bytes der, issue(ca_spec(made.scene.line, Ca::asvk), ca_key(Ca::ark)));
    c.collateral.insert(c.collateral.begin(),
                        {Artifact{"ark-again.der", made.ark}, Artifact{"asvk.der", std::move(der)}});
    return {};
  };
  Row& pem = good(rows, "good-pem-chain", "all certificates in one PEM file, root first");
  pem.ask = [](const Made& made, Case& c) {
    std::string text;
    for (const Bytes* der : {&made.ark, &made.intermediate, &made.vek})
      text += pem::encode("CERTIFICATE", *der);
    c.collateral = {{"chain.pem", to_bytes(as_bytes(text))}};
    return Status();
  };
}

void add_allowed(std::vector<Row>& rows) {
  Row& debug = good(rows, "good-debug-allowed", "a debug guest that the operator allows");
  debug.scene = [](Scene& s) { s.report.policy |= 1u << 19; };
  debug.ask = [](const Made&, Case& c) {
    c.flags.push_back("--allow-debug");
    return Status();
  };
  for (const std::uint32_t level : {1u, 3u}) {
    Row& vmpl = good(rows, "good-vmpl-" + std::to_string(level) + "-allowed",
                     "a privilege level that the operator allows");
    vmpl.scene = [level](Scene& s) { s.report.vmpl = level; };
    vmpl.ask = [](const Made&, Case& c) {
      c.flags.insert(c.flags.end(), {"--allow-vmpl", "3"});
      return Status();
    };
  }
  Row& simulated = good(rows, "good-simulated-allowed",
                        "the root says that it is a simulator's, and the operator allows it");
  simulated.scene = [](Scene& s) {
    s.ark.extensions.push_back({"2.25.6180339887498948482", false, {0x05, 0x00}});
  };
  simulated.ask = [](const Made&, Case& c) {
    c.flags.push_back("--allow-simulated");
    return Status();
  };
}

}  // namespace

void add_good_rows(std::vector<Row>& rows) {
  add_products(rows);
  add_fields(rows);
  add_times(rows);
  add_neighbours(rows);
  add_allowed(rows);
}

}  // namespace tee::mint::snp
