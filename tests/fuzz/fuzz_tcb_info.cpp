// TCB info and enclave identities: what is read is sorted, complete and consistent, and evaluating it is
// harmless.
#include "require.h"

#if TEE_WITH_TDX && TEE_WITH_SGX
#include "providers/shared/intel_dcap/tcb_explain.h"

using namespace tee;

namespace {

void check_svn_levels(const std::vector<intel::SvnLevel>& levels) {
  FUZZ_REQUIRE(!levels.empty());
  for (std::size_t i = 1; i < levels.size(); ++i) FUZZ_REQUIRE(levels[i - 1].isv_svn > levels[i].isv_svn);
}

void check_info(const intel::TcbInfo& info) {
  FUZZ_REQUIRE(info.version == 2 || info.version == 3);
  FUZZ_REQUIRE(!info.levels.empty());
  FUZZ_REQUIRE(info.module.has_value() == (info.tee == intel::Tee::tdx));
  for (const intel::ModuleIdentity& m : info.modules) check_svn_levels(m.levels);
  for (std::size_t i = 0; i < info.levels.size(); ++i) {
    FUZZ_REQUIRE(info.levels[i].tdx.has_value() == (info.tee == intel::Tee::tdx));
    if (i > 0) FUZZ_REQUIRE(info.levels[i - 1].sgx >= info.levels[i].sgx);
  }
}

// A platform that has what the newest level wants gets that level; one that has nothing gets at most the
// last.
void evaluate(const intel::TcbInfo& info) {
  const intel::PlatformLevel& top = info.levels.front();
  intel::PlatformSvns best{top.sgx, top.pce_svn, top.tdx}, none{};
  if (info.tee == intel::Tee::tdx) none.tee = intel::Svn16{};
  FUZZ_REQUIRE(intel::match_platform(info.levels, best) == &top);
  (void)intel::evaluate_tcb(info, nullptr, best, 0);
  const intel::Evaluation low = intel::evaluate_tcb(info, nullptr, none, 0);
  FUZZ_REQUIRE(low.platform == nullptr || low.platform == &info.levels.back());
  const Json rows = intel::explain_shortfalls(info, nullptr, none, 0);
  for (const Json& row : rows) FUZZ_REQUIRE(row["have"] < row["need"]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView body(data, size);
  if (const Result<intel::TcbInfo> info = intel::parse_tcb_info(body)) {
    check_info(*info);
    evaluate(*info);
  }
  if (const Result<intel::QeIdentity> identity = intel::parse_qe_identity(body)) {
    check_svn_levels(identity->levels);
    (void)intel::compare(*identity, intel::EnclaveReport{});
  }
  return 0;
}
#else
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t*, std::size_t) { return 0; }
#endif
