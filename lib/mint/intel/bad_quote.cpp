// Variants whose container breaks a rule: versions, types, sizes. Each is signed as it stands.
#include "mint/intel/world.h"

namespace tee::mint::intel {

namespace {

Row& add(std::vector<Row>& rows, std::string name, std::string what, std::string code = "input.malformed") {
  return rows.emplace_back(
      Row{.name = std::move(name), .what = std::move(what), .exit = 1, .code = std::move(code)});
}

using MadeStep = std::function<void(Made&)>;
void add_made(std::vector<Row>& rows, std::string name, std::string what, MadeStep step,
              std::string code = "input.malformed") {
  add(rows, std::move(name), std::move(what), std::move(code)).made = std::move(step);
}

void add_header(std::vector<Row>& rows) {
  add(rows, "bad-version-2", "quote version 2", "evidence.version").world = [](World& w) {
    put(w.quote.header, header::kVersion, Bytes{2});
  };
  add(rows, "bad-version-6", "quote version 6", "evidence.version").world = [](World& w) {
    put(w.quote.header, header::kVersion, Bytes{6});
  };
  add(rows, "bad-key-type-3", "attestation key type ECDSA P-384", "intel.quote.key_type").world =
      [](World& w) { put(w.quote.header, header::kKeyType, Bytes{3}); };
  add(rows, "bad-vendor-id", "another vendor's quoting enclave", "intel.quote.vendor").world = [](World& w) {
    put(w.quote.header, header::kVendorId, Bytes{0x94});
  };
}

// Sizes that say more or less than is there.
void add_sizes(std::vector<Row>& rows) {
  add_made(rows, "bad-auth-size-zero", "the size of the signature data is 0",
           [](Made& m) { m.quote.auth_size = 0; });
  add_made(rows, "bad-auth-size-huge", "the size of the signature data is the largest number",
           [](Made& m) { m.quote.auth_size = 0xffffffff; });
  add_made(rows, "bad-certification-size-huge", "the size of the certification data is the largest number",
           [](Made& m) { m.quote.certification_size = 0xffffffff; });
  add_made(rows, "bad-certification-size-more", "the size of the certification data is one more",
           [](Made& m) {
             m.quote.certification_size = static_cast<std::uint32_t>(m.quote.certification.size()) + 1;
           });
  add_made(rows, "bad-certification-size-less", "the size of the certification data is one less",
           [](Made& m) {
             m.quote.certification_size = static_cast<std::uint32_t>(m.quote.certification.size()) - 1;
           });
  add_made(rows, "bad-qe-auth-size-more", "the size of the authentication data is one more",
           [](Made& m) { m.quote.qe_auth_size = 33; });
  add_made(rows, "bad-qe-auth-size-huge", "the size of the authentication data is the largest number",
           [](Made& m) { m.quote.qe_auth_size = 0xffff; });
  add_made(rows, "bad-bytes-inside", "a byte between the certification data and the end",
           [](Made& m) { m.quote.inside_tail = {0}; });
  // One byte behind the quote makes room for the longer size.
  add(rows, "bad-auth-size-more", "the size of the signature data takes in a byte behind the quote").made =
      [](Made& m) {
        m.quote.tail = {0};
        Parts whole = m.quote;
        whole.tail.clear();
        const std::size_t before =
            m.quote.header.size() + m.quote.descriptor.size() + m.quote.body.size() + 4;
        m.quote.auth_size = static_cast<std::uint32_t>(whole.encode().size() - before) + 1;
      };
}

void add_types(std::vector<Row>& rows) {
  for (const int type : {0, 6, 7})
    add_made(rows, "bad-certification-type-" + std::to_string(type),
             "certification data of type " + std::to_string(type),
             [type](Made& m) { m.quote.certification_type = static_cast<std::uint16_t>(type); });
  add_made(rows, "bad-cut-in-half", "the second half of the file is missing", {});
  rows.back().ask = [](const Made&, Case& c) {
    c.evidence.bytes.resize(c.evidence.bytes.size() / 2);
    return Status();
  };
  add_made(rows, "bad-header-only", "the file ends behind the header", {});
  rows.back().ask = [](const Made&, Case& c) {
    c.evidence.bytes.resize(48);
    return Status();
  };
}

void add_nested(std::vector<Row>& rows) {
  for (const int type : {1, 5, 7})
    add_made(rows, "bad-outer-type-" + std::to_string(type),
             "outer certification data of type " + std::to_string(type),
             [type](Made& m) { m.quote.outer_type = static_cast<std::uint16_t>(type); });
  add_made(rows, "bad-outer-size-zero", "the outer size is 0", [](Made& m) { m.quote.outer_size = 0; });
  add_made(rows, "bad-outer-size-huge", "the outer size is the largest number",
           [](Made& m) { m.quote.outer_size = 0xffffffff; });
}

// Version 5 with a descriptor that contradicts itself or the header.
void add_descriptor(std::vector<Row>& rows, std::string name, std::string what, Bytes descriptor,
                    std::string code) {
  Row& row = add(rows, std::move(name), std::move(what), std::move(code));
  row.start = [] { return usual_world(For::tdx, 5, Body::td15); };
  row.world = [descriptor = std::move(descriptor)](World& w) { w.quote.descriptor = descriptor; };
}

}  // namespace

void add_quote_rows(std::vector<Row>& rows, For tee) {
  add_header(rows);
  add_sizes(rows);
  add_types(rows);
  if (tee == For::tdx) add_nested(rows);
}

void add_version_rows(std::vector<Row>& rows, For tee) {
  if (tee == For::sgx) {
    add(rows, "bad-tee-type", "TEE type 0x82", "intel.quote.tee_type").world = [](World& w) {
      put(w.quote.header, header::kTeeType, Bytes{0x82});
    };
    return;
  }
  Row& v3 =
      add(rows, "bad-v3-for-tdx", "a quote of version 3 that claims to be for TDX", "intel.quote.tee_type");
  v3.world = [](World& w) { put(w.quote.header, header::kVersion, Bytes{3}); };
  add_descriptor(rows, "bad-body-type-0", "body type 0", {0, 0, 0x88, 2, 0, 0}, "input.malformed");
  add_descriptor(rows, "bad-body-type-5", "body type 5", {5, 0, 0x88, 2, 0, 0}, "input.malformed");
  add_descriptor(rows, "bad-body-type-enclave", "an enclave report in a quote for TDX", {1, 0, 0x80, 1, 0, 0},
                 "intel.quote.tee_type");
  add_descriptor(rows, "bad-body-type-smaller", "TDX 1.0 with the size of 1.5", {2, 0, 0x88, 2, 0, 0},
                 "input.malformed");
  add_descriptor(rows, "bad-body-size", "a body size that is one more", {3, 0, 0x89, 2, 0, 0},
                 "input.malformed");
  add_descriptor(rows, "bad-body-size-huge", "the largest body size", {3, 0, 0xff, 0xff, 0xff, 0xff},
                 "input.malformed");
  Row& relabelled = add(rows, "bad-td15-as-td10", "a report of TDX 1.5 in a quote of version 4");
  relabelled.start = [] { return usual_world(For::tdx, 5, Body::td15); };
  relabelled.world = [](World& w) {
    put(w.quote.header, header::kVersion, Bytes{4});
    w.quote.descriptor.clear();
  };
}

}  // namespace tee::mint::intel
