// Variants whose PCK certificate is signed by the CA, but has an SGX extension that breaks its format, and
// variants whose PCK certificate is not at hand.
#include "codec/der.h"
#include "mint/intel/world.h"

namespace tee::mint::intel {

namespace {

using Step = std::function<void(SgxExtension&)>;

void add(std::vector<Row>& rows, std::string name, std::string what, Step step) {
  Row& row = rows.emplace_back(
      Row{.name = std::move(name), .what = std::move(what), .exit = 1, .code = "intel.pck.extension"});
  row.world = [step = std::move(step)](World& w) { step(w.extension); };
}

// Positions in SgxExtension::elements, which leaves element .2 out.
constexpr std::size_t kPpid = 0, kPceId = 1, kFmspc = 2, kType = 3, kInstance = 4;

void add_elements(std::vector<Row>& rows) {
  const std::pair<const char*, std::size_t> elements[] = {{"ppid", kPpid},
                                                          {"pce-id", kPceId},
                                                          {"fmspc", kFmspc},
                                                          {"sgx-type", kType},
                                                          {"instance-id", kInstance}};
  for (const auto& [name, index] : elements) {
    const std::string base = std::string("bad-extension-") + name;
    add(rows, base + "-missing", std::string(name) + " is missing", [index = index](SgxExtension& e) {
      e.elements.erase(e.elements.begin() + static_cast<std::ptrdiff_t>(index));
    });
    add(rows, base + "-twice", std::string(name) + " occurs twice",
        [index = index](SgxExtension& e) { e.elements.push_back(e.elements[index]); });
  }
  add(rows, "bad-extension-fmspc-short", "an FMSPC of five bytes",
      [](SgxExtension& e) { e.elements[kFmspc] = sgx_element(".4", der::octet_string(Bytes(5))); });
  add(rows, "bad-extension-sgx-type-3", "SGX type 3", [](SgxExtension& e) {
    e.elements[kType] = sgx_element(".5", der::encode(der::kEnumerated, Bytes{3}));
  });
  add(rows, "bad-extension-unknown", "an element that nobody knows",
      [](SgxExtension& e) { e.elements.push_back(sgx_element(".8", der::integer(1))); });
  add(rows, "bad-extension-foreign", "an element from elsewhere", [](SgxExtension& e) {
    e.elements.push_back(der::sequence({der::object_identifier("1.2.840.113741.1.14.4"), der::integer(1)}));
  });
}

void add_tcb(std::vector<Row>& rows) {
  add(rows, "bad-extension-svn-256", "a component of 256",
      [](SgxExtension& e) { e.tcb[0] = sgx_element(".2.1", der::integer(256)); });
  add(rows, "bad-extension-svn-negative", "a component of -1",
      [](SgxExtension& e) { e.tcb[0] = sgx_element(".2.1", der::encode(der::kInteger, Bytes{0xff})); });
  add(rows, "bad-extension-svn-missing", "component 16 is missing",
      [](SgxExtension& e) { e.tcb.erase(e.tcb.begin() + 15); });
  add(rows, "bad-extension-svn-twice", "component 1 occurs twice",
      [](SgxExtension& e) { e.tcb.push_back(e.tcb[0]); });
  add(rows, "bad-extension-pcesvn-65536", "a PCESVN of 65536",
      [](SgxExtension& e) { e.tcb[16] = sgx_element(".2.17", der::integer(65536)); });
  add(rows, "bad-extension-cpusvn-short", "a CPUSVN of 15 bytes",
      [](SgxExtension& e) { e.tcb[17] = sgx_element(".2.18", der::octet_string(Bytes(15))); });
  add(rows, "bad-extension-svn-type", "a component that is no number",
      [](SgxExtension& e) { e.tcb[3] = sgx_element(".2.4", der::boolean(true)); });
}

// Which PCK certificate it is, the quote says; that is not enough to judge it.
void add_absent(std::vector<Row>& rows) {
  for (const int type : {1, 2, 3}) {
    Row& row = rows.emplace_back(
        Row{.name = "open-pck-absent-type-" + std::to_string(type),
            .what = "certification data of type " + std::to_string(type) + ", no PCK certificate given",
            .exit = 4,
            .code = "chain.missing"});
    row.made = [type](Made& m) {
      m.quote.certification_type = static_cast<std::uint16_t>(type);
      m.quote.certification = Bytes(type == 1 ? 36 : type == 2 ? 276 : 404, 0x33);
    };
  }
  Row& other = rows.emplace_back(Row{.name = "open-pck-of-other-platform",
                                     .what = "a PCK certificate of another platform is given",
                                     .exit = 4,
                                     .code = "chain.missing"});
  other.made = [](Made& m) {
    m.quote.certification_type = 3;
    m.quote.certification = Bytes(404, 0x33);
  };
  other.ask = [](const Made& m, Case& c) -> Status {
    Pki elsewhere = m.world.pki;
    set_key(elsewhere.leaf, named_key("other pck"));
    TEE_TRY(const Bytes der, issue(elsewhere.leaf));
    c.collateral.push_back({"pck.pem", pem_of({der, m.issued.ca, m.issued.root})});
    return {};
  };
  Row& no_ca = rows.emplace_back(Row{.name = "open-ca-absent",
                                     .what = "certification data of type 4 without the CA's certificate",
                                     .exit = 4,
                                     .code = "chain.missing"});
  no_ca.made = [](Made& m) {
    m.quote.certification_type = 4;
    m.quote.certification = pem_of({m.issued.leaf});
  };
}

}  // namespace

void add_extension_rows(std::vector<Row>& rows) {
  add_elements(rows);
  add_tcb(rows);
  Row& none = rows.emplace_back(Row{.name = "bad-extension-none",
                                    .what = "the leaf has no SGX extension",
                                    .exit = 1,
                                    .code = "intel.pck.extension"});
  none.world = [](World& w) { w.leaf_has_extension = false; };
  add_absent(rows);
}

}  // namespace tee::mint::intel
