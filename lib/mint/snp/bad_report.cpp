// Reports that break their own format. Each is signed as it stands, so only the format rules catch it.
#include "mint/snp/scene.h"

namespace tee::mint::snp {

namespace {

Row& bad(std::vector<Row>& rows, std::string name, std::string what, std::string code) {
  return rows.emplace_back(Row{std::move(name), std::move(what), 1, std::move(code)});
}

void add_versions(std::vector<Row>& rows) {
  for (const std::uint32_t version : {0u, 1u, 6u, 15u, 0xffffffffu}) {
    Row& row = bad(rows, "bad-version-" + std::to_string(version), "a report version that is not known",
                   "evidence.version");
    row.signed_part = [version](Bytes& b) { set_u32(b, 0, version); };
  }
}

void add_reserved(std::vector<Row>& rows) {
  struct Place {
    const char* name;
    std::size_t offset;
    std::uint32_t version;
  };
  constexpr Place kPlaces[] = {
      {"bad-reserved-04c", 0x04c, 3},    {"bad-reserved-04f", 0x04f, 5},    {"bad-reserved-18b", 0x18b, 3},
      {"bad-reserved-19f", 0x19f, 5},    {"bad-v2-with-fms", 0x188, 2},     {"bad-reserved-1eb", 0x1eb, 3},
      {"bad-reserved-1ef", 0x1ef, 3},    {"bad-v2-reserved-1f8", 0x1f8, 2}, {"bad-v3-reserved-1f8", 0x1f8, 3},
      {"bad-v3-reserved-200", 0x200, 3}, {"bad-v5-reserved-208", 0x208, 5}, {"bad-reserved-29f", 0x29f, 5},
      {"bad-v3-reserved-29f", 0x29f, 3},
  };
  for (const Place& place : kPlaces) {
    Row& row = bad(rows, place.name, "a reserved byte is set", "snp.report.reserved");
    row.version = place.version;
    row.signed_part = [at = place.offset](Bytes& b) { b[at] = 0x80; };
  }
}

void add_key_info(std::vector<Row>& rows) {
  for (unsigned key = 2; key <= 7; ++key) {
    Row& row = bad(rows, "bad-signing-key-" + std::to_string(key), "SIGNING_KEY names no endorsement key",
                   "snp.report.key_info");
    row.scene = [key](Scene& s) { s.report.key_info = key << 2; };
  }
  Row& reserved = bad(rows, "bad-key-info-bit-5", "a reserved bit of KEY_INFO is set", "snp.report.key_info");
  reserved.scene = [](Scene& s) { s.report.key_info = 1u << 5; };
  Row& top = bad(rows, "bad-key-info-bit-31", "a reserved bit of KEY_INFO is set", "snp.report.key_info");
  top.scene = [](Scene& s) { s.report.key_info = 1u << 31; };
  Row& masked = bad(rows, "bad-mask-chip-key", "MASK_CHIP_KEY is set over a signature that holds",
                    "snp.report.chip_key_masked");
  masked.scene = [](Scene& s) { s.report.key_info = 2; };
  Row& unsigned_ = bad(rows, "bad-mask-chip-key-zeros", "MASK_CHIP_KEY is set and the signature is zeros",
                       "snp.report.chip_key_masked");
  unsigned_.scene = [](Scene& s) { s.report.key_info = 2; };
  unsigned_.bytes = [](Bytes& b) { std::fill(b.begin() + 0x2a0, b.end(), std::uint8_t{0}); };
}

void add_policy(std::vector<Row>& rows) {
  Row& one = bad(rows, "bad-policy-bit-17", "bit 17 of POLICY must be one", "snp.policy.reserved");
  one.scene = [](Scene& s) { s.report.policy = 0x10000; };
  for (const unsigned bit : {26u, 40u, 63u}) {
    Row& row = bad(rows, "bad-policy-bit-" + std::to_string(bit), "a reserved bit of POLICY is set",
                   "snp.policy.reserved");
    row.scene = [bit](Scene& s) { s.report.policy |= std::uint64_t{1} << bit; };
  }
}

void add_products(std::vector<Row>& rows) {
  Row& other = bad(rows, "bad-fms-other-product", "the CPUID says Milan, the chain is Genoa's",
                   "snp.product.mismatch");
  other.scene = [](Scene& s) { s.report.fms = {0x19, 0x01, 0x01}; };
  Row& turin = bad(rows, "bad-fms-turin-on-genoa", "the CPUID says Turin, the chain is Genoa's",
                   "snp.product.mismatch");
  turin.scene = [](Scene& s) { s.report.fms = {0x1a, 0x02, 0x01}; };
  for (const auto& [name, family, model] :
       {std::tuple("bad-fms-family-17", 0x17, 0x31), std::tuple("bad-fms-model-20", 0x19, 0x20),
        std::tuple("bad-fms-model-12", 0x1a, 0x12), std::tuple("bad-fms-zero", 0x00, 0x00)}) {
    Row& row = bad(rows, name, "the CPUID names no known product", "snp.product.unknown");
    row.scene = [f = static_cast<std::uint8_t>(family), m = static_cast<std::uint8_t>(model)](Scene& s) {
      s.report.fms = {f, m, 0x01};
    };
  }
  Row& venice = bad(rows, "bad-venice-under-genoa", "the CPUID says Venice, the chain is Genoa's",
                    "snp.product.mismatch");
  venice.scene = [](Scene& s) { s.report.fms = {0x1a, 0x50, 0x00}; };
}

void add_tcb(std::vector<Row>& rows) {
  struct Step {
    const char* name;
    TcbNumbers high;
  };
  constexpr Step kSteps[] = {{"bl", {10, 2, 23, 84, 0}},
                             {"tee", {9, 3, 23, 84, 0}},
                             {"snp", {9, 2, 24, 84, 0}},
                             {"ucode", {9, 2, 23, 85, 0}}};
  for (const Step& step : kSteps) {
    Row& committed = bad(rows, std::string("bad-committed-below-reported-") + step.name,
                         "the reported TCB is above the committed one", "snp.tcb.order");
    committed.scene = [high = step.high](Scene& s) {
      s.report.reported = s.report.current = encode_tcb(Line::genoa, high);
      s.vek = vek_spec(s.line, s.kind, s.report, s.vek_key.public_key());
    };
    Row& current = bad(rows, std::string("bad-current-below-committed-") + step.name,
                       "the committed TCB is above the current one", "snp.tcb.order");
    current.scene = [high = step.high](Scene& s) { s.report.committed = encode_tcb(Line::genoa, high); };
  }
  Row& fmc = bad(rows, "bad-current-below-committed-fmc", "the committed FMC is above the current one",
                 "snp.tcb.order");
  fmc.line = Line::turin;
  fmc.scene = [](Scene& s) { s.report.committed[0] = 200; };
  for (const std::size_t at : {0x38u + 2, 0x180u + 3, 0x1e0u + 4, 0x1f0u + 5}) {
    Row& row = bad(rows, "bad-tcb-reserved-" + std::to_string(at), "a reserved byte of a TCB version is set",
                   "snp.tcb.layout");
    row.signed_part = [at](Bytes& b) { b[at] = 1; };
  }
  Row& turin =
      bad(rows, "bad-turin-tcb-on-genoa", "TCB versions in Turin's layout on Genoa", "snp.tcb.layout");
  turin.scene = [](Scene& s) {
    s.report.reported = s.report.committed = s.report.current = s.report.launch =
        encode_tcb(Line::turin, {1, 1, 1, 81, 4});
  };
}

}  // namespace

void add_report_rows(std::vector<Row>& rows) {
  add_versions(rows);
  add_reserved(rows);
  add_key_info(rows);
  add_policy(rows);
  add_products(rows);
  add_tcb(rows);
}

}  // namespace tee::mint::snp
