// Nitro documents: the input as a whole message, and as the payload of a well-formed one. Under AWS's root
// and at a time before it began, nothing may pass; what is decoded keeps to its sizes.
#include "require.h"

#if TEE_WITH_NITRO
#include "codec/cbor.h"
#include "codec/json.h"
#include "providers/nitro/evidence.h"
#include "providers/nitro/verifier.h"

using namespace tee;

namespace {

bool failed(const Findings& found) {
  for (const Check& c : found.checks)
    if (c.status == CheckStatus::fail) return true;
  return false;
}

void judge(ByteView evidence) {
  AppraisalOptions options;
  options.at = unix_time(946684800);
  options.genuine_only = true;
  std::size_t claimed = 0;
  for (const Verifier& row : nitro::verifiers()) {
    if (!row.recognise(evidence)) continue;
    ++claimed;
    Findings found;
    row.verify({evidence, CollateralSet{}, options}, found);
    FUZZ_REQUIRE(failed(found));
    FUZZ_REQUIRE(found.judged_bytes == evidence.size());
    FUZZ_REQUIRE(json::parse(json::dump(found.vendor)).has_value());
    if (const Result<Json> decoded = row.inspect(evidence))
      FUZZ_REQUIRE(json::parse(json::dump(*decoded)).has_value());
  }
  FUZZ_REQUIRE(claimed <= 1);
}

void check_document(ByteView payload) {
  const Result<nitro::Document> d = nitro::parse_document(payload);
  if (!d) return;
  FUZZ_REQUIRE(!d->module_id.empty() && d->timestamp_ms > 0);
  FUZZ_REQUIRE(!d->pcrs.empty() && d->pcrs.size() <= 32);
  for (const auto& [index, value] : d->pcrs) FUZZ_REQUIRE(index < 32 && value.size() == 48);
  FUZZ_REQUIRE(!d->cabundle.empty() && d->cabundle.size() <= 7);
  FUZZ_REQUIRE(!d->certificate.empty() && d->certificate.size() <= 1024);
}

// RFC 9052 section 4.2 with AWS's headers and a signature that cannot hold.
Bytes wrapped(ByteView payload) {
  Bytes out{0x84, 0x44, 0xa1, 0x01, 0x38, 0x22, 0xa0};
  cbor::put_bytes(out, payload);
  cbor::put_bytes(out, Bytes(96, 0x5a));
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  judge(input);
  check_document(input);
  judge(wrapped(input));
  return 0;
}

#else  // built without the room

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t*, std::size_t) { return 0; }

#endif
