// HCL reports that break their format, or whose runtime data no hardware report binds.
#include "mint/vtpm/scene.h"

namespace tee::mint::vtpm {

namespace {

Row& bad(std::vector<Row>& rows, std::string name, std::string what, std::string code = "input.malformed") {
  return rows.emplace_back(Row{std::move(name), std::move(what), 1, std::move(code)});
}

void frame(std::vector<Row>& rows, std::string name, std::string what, std::function<void(HclSpec&)> change,
           std::string code = "input.malformed") {
  bad(rows, std::move(name), std::move(what), std::move(code)).scene =
      [change = std::move(change)](Scene& s) { change(s.hcl); };
}

void add_truncated(std::vector<Row>& rows) {
  // Every edge of a field, and one byte before the runtime data is whole.
  for (const unsigned size :
       {0u, 4u, 8u, 12u, 16u, 20u, 32u, 0x70u, 0xb0u, 0x4c0u, 0x4c4u, 0x4c8u, 0x4ccu, 0x4d0u, 0x4d4u, 0x4d5u})
    bad(rows, "bad-hcl-" + std::to_string(size) + "-bytes", "the HCL report is cut off").scene =
        [size](Scene& s) { s.hcl_bytes = [size](Bytes& b) { b.resize(size); }; };
  bad(rows, "bad-hcl-runtime-cut", "the last byte of the runtime data is missing").scene = [](Scene& s) {
    s.hcl.whole_size = 0;
    s.hcl_bytes = [](Bytes& b) { b.pop_back(); };
  };
  bad(rows, "bad-hcl-tail", "a byte other than zero after the runtime data").scene = [](Scene& s) {
    s.hcl_bytes = [](Bytes& b) { b.back() = 1; };
  };
}

void add_frame(std::vector<Row>& rows) {
  frame(rows, "bad-hcl-magic", "the report begins with HCLB", [](HclSpec& h) { h.magic = "HCLB"; });
  for (const std::uint32_t version : {0u, 3u})
    frame(rows, "bad-hcl-header-version-" + std::to_string(version), "an unknown header version",
          [version](HclSpec& h) { h.version = version; });
  for (const std::uint32_t type : {1u, 3u})
    frame(rows, "bad-hcl-request-type-" + std::to_string(type), "made for key release, or for a wrapped key",
          [type](HclSpec& h) { h.request_type = type; });
  frame(rows, "bad-hcl-request-version-2", "the request that puts a bitmap before the runtime data",
        [](HclSpec& h) { h.request_version = 2; });
  for (const std::uint32_t type : {0u, 1u, 3u, 5u})
    frame(rows, "bad-hcl-report-type-" + std::to_string(type), "hardware that is neither SNP nor TDX",
          [type](HclSpec& h) { h.report_type = type; });
  frame(
      rows, "bad-hcl-report-type-swapped", "an SNP report that is said to be a TDREPORT",
      [](HclSpec& h) { h.report_type = 4; }, "azure.report_data");
  for (const std::uint32_t type : {0u, 2u, 3u, 9u})
    frame(rows, "bad-hcl-hash-type-" + std::to_string(type), "a digest other than SHA-256",
          [type](HclSpec& h) { h.hash_type = type; });
}

void add_sizes(std::vector<Row>& rows) {
  frame(rows, "bad-hcl-size-zero", "no runtime data at all", [](HclSpec& h) { h.variable_size = 0; });
  frame(rows, "bad-hcl-size-huge", "a size that overflows", [](HclSpec& h) { h.variable_size = 0xffffffff; });
  frame(rows, "bad-hcl-data-size", "the two sizes disagree", [](HclSpec& h) { h.data_size = 21; });
  const auto resized = [](std::vector<Row>& to, std::string name, std::string what, int by,
                          std::string code) {
    bad(to, std::move(name), std::move(what), std::move(code)).scene = [by](Scene& s) {
      const auto size = static_cast<int>(json::dump(s.runtime).size());
      s.hcl.variable_size = static_cast<std::uint32_t>(size + by);
    };
  };
  resized(rows, "bad-hcl-size-one-more", "the size takes one byte of padding in", 1, "azure.report_data");
  resized(rows, "bad-hcl-size-one-less", "the size leaves one byte out", -1, "input.malformed");
}

void add_binding(std::vector<Row>& rows) {
  bad(rows, "bad-report-data-second-half", "report data has a byte after the digest", "azure.report_data")
      .scene = [](Scene& s) { s.report_data = [](Bytes& b) { b[40] = 1; }; };
  bad(rows, "bad-report-data-other", "report data is the digest of something else", "azure.report_data")
      .scene = [](Scene& s) { s.report_data = [](Bytes& b) { b[0] ^= 1; }; };
  bad(rows, "bad-runtime-space", "a space was added to the runtime data", "azure.report_data").scene =
      [](Scene& s) { s.bound_text = [](Bytes& b) { b.insert(b.begin() + 1, ' '); }; };
  bad(rows, "bad-runtime-nul-added", "a NUL was added after the runtime data", "azure.report_data").scene =
      [](Scene& s) { s.bound_text = [](Bytes& b) { b.push_back(0); }; };
  bad(rows, "bad-runtime-nul-dropped", "the bound runtime data ended with a NUL", "azure.report_data").scene =
      [](Scene& s) {
        s.runtime_text = [](Bytes& b) { b.push_back(0); };
        s.bound_text = [](Bytes& b) { b.pop_back(); };
      };
  bad(rows, "bad-runtime-own-key", "the attestation key was replaced by the attacker's", "azure.report_data")
      .scene = [](Scene& s) {
    s.signature.key = Key::encryption;
    s.bound_text = [](Bytes& b) {
      Json runtime = usual_runtime(usual_user_data());
      runtime["keys"][0] = jwk("HCLAkPub", tpm_key(Key::encryption).public_key());
      b = to_bytes(as_bytes(json::dump(runtime)));
    };
  };
}

}  // namespace

void add_hcl_rows(std::vector<Row>& rows) {
  add_truncated(rows);
  add_frame(rows);
  add_sizes(rows);
  add_binding(rows);
}

}  // namespace tee::mint::vtpm
