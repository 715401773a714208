// recognise and inspect: never throws, keeps the input, gives one answer, and answers the same when asked
// again.
#include "codec/json.h"
#include "require.h"
#include "verify/inspect.h"
#include "verify/registry.h"

using namespace tee;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes input(data, data + size);
  const verify::Subject s = verify::recognise(input, "subject");
  FUZZ_REQUIRE(s.input == input);
  FUZZ_REQUIRE(!s.form.empty());
  const bool answered = s.malformed || s.type || s.absent_provider || s.error_object;
  FUZZ_REQUIRE(answered);
  if (s.type) FUZZ_REQUIRE(verifier_for(*s.type) != nullptr);
  if (s.type && !s.malformed) FUZZ_REQUIRE(!s.absent_provider && !s.evidence.empty());
  if (s.malformed) FUZZ_REQUIRE(s.malformed->code->category == Category::subject);
  for (const CertificateItem& i : s.embedded.certificates) FUZZ_REQUIRE(i.origin == Origin::embedded);
  for (const DocumentItem& i : s.embedded.documents) FUZZ_REQUIRE(i.origin == Origin::embedded);

  const verify::Subject again = verify::recognise(input, "subject");
  FUZZ_REQUIRE(again.type == s.type && again.form == s.form && again.evidence == s.evidence);
  const Result<Json> decoded = verify::inspect(s);
  if (decoded) FUZZ_REQUIRE(json::parse(json::dump(*decoded)).has_value());
  return 0;
}
