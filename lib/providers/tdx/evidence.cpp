#include "providers/tdx/evidence.h"

#include "crypto/digest.h"
#include "providers/shared/intel_dcap/quote.h"

namespace tee::tdx {

namespace {

// TDREPORT_STRUCT: REPORTMACSTRUCT (256 bytes, with the hash of TDINFO at 80), TEE_TCB_INFO, TDINFO from 512
// on.
constexpr std::size_t kLocalReportSize = 1024, kInfoHashOffset = 80, kInfoOffset = 512;
constexpr std::uint8_t kTdxReportType = 0x81;
// CBOR tag 61, "CBOR Web Token" (RFC 8392 section 6).
constexpr std::uint8_t kCwt[] = {0xd8, 0x3d};

bool is_local_report(ByteView b) {
  if (b.size() != kLocalReportSize || b[0] != kTdxReportType) return false;
  return equal(b.subspan(kInfoHashOffset, 48), crypto::sha384(b.subspan(kInfoOffset)));
}

}  // namespace

Form form_of(ByteView evidence) {
  // Quotes first, of either kind: the other forms are told by a few bytes that the header of a quote may hold as well (S20).
  if (const auto tee = intel::recognise_quote(evidence)) return *tee == intel::Tee::tdx ? Form::quote : Form::none;
  if (is_local_report(evidence)) return Form::local_report;
  if (evidence.size() > std::size(kCwt) && equal(evidence.first(std::size(kCwt)), kCwt)) return Form::cwt;
  return Form::none;
}

std::uint64_t number(const std::array<std::uint8_t, 8>& little_endian) {
  return Cursor(little_endian).u64le();
}

}  // namespace tee::tdx
