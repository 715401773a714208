// One document, changed in every single byte and cut at every length: never a pass, never a crash, always
// JSON.
#include "crypto/key.h"
#include "mint/nitro/nitro.h"
#include "unit/variants.h"

using namespace tee;

namespace {

struct Bench {
  mint::Case c = mint::nitro_vendor().make("good").value();
  verify::Questions questions = test::questions_for(c);

  // The verdict, once the result document has been found to be valid.
  verify::Verdict judge(ByteView evidence) const {
    const verify::Subject subject = verify::recognise(to_bytes(evidence), "changed");
    const verify::Outcome out = verify::appraise(subject, questions, {});
    if (!json::parse(json::dump(verify::result_json(subject, out)))) FAIL("the result is no JSON");
    return out.verdict;
  }
};

}  // namespace

TEST_CASE("bad-any-byte-changed: every byte of the message") {
  crypto::enable_signature_memory(64);  // the certificates that did not change are verified once
  const Bench bench;
  REQUIRE(bench.judge(bench.c.evidence.bytes) == verify::Verdict::pass);
  Bytes changed = bench.c.evidence.bytes;
  for (std::size_t i = 0; i < changed.size(); ++i) {
    changed[i] ^= 0x01;
    CAPTURE(i);
    REQUIRE(bench.judge(changed) == verify::Verdict::fail);
    changed[i] ^= 0x01;
  }
}

TEST_CASE("bad-truncated: every length") {
  const Bench bench;
  for (std::size_t size = 0; size < bench.c.evidence.bytes.size(); ++size) {
    CAPTURE(size);
    REQUIRE(bench.judge(ByteView(bench.c.evidence.bytes).first(size)) == verify::Verdict::fail);
  }
}
