// Tokens: what jwt::parse accepts has exactly one spelling, and no input that the fuzzer can make up is a
// token whose signature holds. Input is a token as it is, or, where it has line breaks, a header, claims and
// a key set, one a line, so that the JSON inside is reached without base64 in the way.
#include <array>

#include "base/encoding.h"
#include "codec/jwt.h"
#include "evidence/provider.h"
#include "require.h"

#if TEE_WITH_GCP
#include "providers/gcp/verifier.h"
#endif
#if TEE_WITH_AZURE
#include "providers/azure/verifier.h"
#endif

using namespace tee;

namespace {

void check_spelling(ByteView text) {
  const Result<jwt::Compact> token = jwt::parse(text);
  if (!token) {
    FUZZ_REQUIRE(printable(token.error().message, SIZE_MAX) == token.error().message);
    return;
  }
  FUZZ_REQUIRE(jwt::looks_compact(text));
  FUZZ_REQUIRE(token->header.is_object() && token->payload.is_object() && !token->signature.empty());
  const std::string_view input = token->signing_input;
  const std::size_t dot = input.find('.');
  const auto decoded = [](std::string_view part) { return from_base64(part, Base64::url).value(); };
  const Bytes header = decoded(input.substr(0, dot)), payload = decoded(input.substr(dot + 1));
  const std::string again =
      jwt::signing_input(as_text(header), as_text(payload)) + "." + base64(token->signature, Base64::url);
  FUZZ_REQUIRE(again == jwt::without_line_end(text));
}

[[maybe_unused]] void judge(ByteView token, const CollateralSet& collateral, const Verifier& room) {
  if (!room.recognise(token)) return;
  AppraisalOptions options;
  options.at = unix_time(1'790'000'060);
  Findings out;
  room.verify({token, collateral, options}, out);
  FUZZ_REQUIRE(!out.checks.empty());
  for (const Check& c : out.checks) {
    FUZZ_REQUIRE(!c.id.ends_with(".signature") || c.status != CheckStatus::pass);
    FUZZ_REQUIRE(printable(c.message + c.expected + c.actual, SIZE_MAX) == c.message + c.expected + c.actual);
  }
  (void)room.workload({}, out, options);
  (void)room.inspect(token);
}

void judge_everywhere([[maybe_unused]] ByteView token, [[maybe_unused]] const CollateralSet& collateral) {
#if TEE_WITH_GCP
  for (const Verifier& room : gcp::verifiers()) judge(token, collateral, room);
#endif
#if TEE_WITH_AZURE
  for (const Verifier& room : azure::verifiers()) judge(token, collateral, room);
#endif
}

std::array<std::string_view, 3> lines(std::string_view text) {
  std::array<std::string_view, 3> out;
  for (std::string_view& line : out) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  check_spelling(input);
  judge_everywhere(input, {});

  const auto [header, claims, keys] = lines(as_text(input));
  const std::string token = jwt::signing_input(header, claims) + "." + base64(Bytes(256, 1), Base64::url);
  CollateralSet collateral;
  DocumentItem item;
  item.kind = DocumentKind::jwks;
  item.body = to_bytes(as_bytes(keys));
  collateral.documents.push_back(std::move(item));
  check_spelling(as_bytes(token));
  judge_everywhere(as_bytes(token), collateral);
  return 0;
}
