// The SGX extension.
#include "providers/shared/intel_dcap/pck.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "mint/intel/platform.h"
#include "providers/shared/intel_dcap/codes.h"

using namespace tee;
using namespace tee::mint::intel;

TEST_CASE("pck extension: every value of a Platform CA certificate") {
  Platform p;
  p.components[15] = 255;
  p.pce_svn = 0xfffe;
  p.sgx_type = 2;
  const intel::PckFields f = intel::parse_pck_extension(sgx_extension(p).encode()).value();
  CHECK(to_bytes(f.ppid) == p.ppid);
  CHECK(f.components == p.components);
  CHECK(f.cpu_svn == p.components);
  CHECK(f.pce_svn == 0xfffe);
  CHECK(to_bytes(f.pce_id) == p.pce_id);
  CHECK(to_bytes(f.fmspc) == p.fmspc);
  CHECK(intel::sgx_type_text(f.sgx_type) == "ScalableWithIntegrity");
  REQUIRE(f.platform_instance_id.has_value());
  CHECK(to_bytes(*f.platform_instance_id) == *p.instance_id);
  CHECK(f.configuration->dynamic_platform == true);
  CHECK(f.configuration->smt_enabled == true);
}

TEST_CASE("pck extension: a Processor CA certificate has five elements") {
  Platform p;
  p.instance_id.reset();
  const intel::PckFields f = intel::parse_pck_extension(sgx_extension(p).encode()).value();
  CHECK_FALSE(f.platform_instance_id.has_value());
  CHECK_FALSE(f.configuration.has_value());
}

TEST_CASE("pck extension: the order of the elements is free") {
  SgxExtension e = sgx_extension({});
  std::reverse(e.elements.begin(), e.elements.end());
  std::reverse(e.tcb.begin(), e.tcb.end());
  CHECK(intel::parse_pck_extension(e.encode()).value().components == Platform().components);
}

TEST_CASE("bad-extension-truncated: every cut is refused with the code of the extension") {
  const Bytes whole = sgx_extension({}).encode();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto fields = intel::parse_pck_extension(ByteView(whole).first(size));
    REQUIRE_FALSE(fields.has_value());
    CHECK(fields.error().code == &intel::code::pck_extension);
  }
  Bytes longer = whole;
  longer.push_back(0);
  CHECK_FALSE(intel::parse_pck_extension(longer).has_value());
}
