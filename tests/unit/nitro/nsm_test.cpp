#include "providers/nitro/nsm.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "codec/cbor.h"

using namespace tee;
using namespace tee::nitro;

// Ready bytes from the NSM API's own encodings.
TEST_CASE("NSM requests, byte for byte") {
  CHECK(hex(nsm_describe_request()) == "6b44657363726962654e534d");
  CHECK(hex(nsm_attestation_request({}, {}, {})) == "a16b4174746573746174696f6ea369757365725f64617461f6656e6f6e6365f66a7075626c69635f6b6579f6");
  CHECK(hex(nsm_attestation_request({}, Bytes{1, 2, 3, 4}, {})) ==
        "a16b4174746573746174696f6ea369757365725f64617461f6656e6f6e636544010203046a7075626c69635f6b6579f6");
  CHECK(hex(nsm_extend_request(16, Bytes{1, 2, 3})) == "a169457874656e64504352a265696e64657810646461746143010203");
}

TEST_CASE("NSM answers") {
  Bytes answer;
  cbor::put_head(answer, 5, 1);
  cbor::put_text(answer, "Attestation");
  cbor::put_head(answer, 5, 1);
  cbor::put_text(answer, "document");
  cbor::put_bytes(answer, Bytes{9, 8, 7});
  CHECK(nsm_document(answer).value() == Bytes{9, 8, 7});
  for (std::size_t n = 0; n < answer.size(); ++n) CHECK_FALSE(nsm_document(ByteView(answer).first(n)).has_value());
  answer.push_back(0);
  CHECK_FALSE(nsm_document(answer).has_value());
}

TEST_CASE("bad-nsm: an error of the module is named, another answer is refused") {
  Bytes error;
  cbor::put_head(error, 5, 1);
  cbor::put_text(error, "Error");
  cbor::put_text(error, "InputTooLarge");
  const auto refused = nsm_document(error);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code->name == "platform.failed");
  CHECK(refused.error().message == "/dev/nsm: the module answered InputTooLarge");
  CHECK_FALSE(refused.error().hint.empty());
  Bytes other;
  cbor::put_text(other, "LockPCR");
  CHECK_FALSE(nsm_document(other).has_value());
  CHECK_FALSE(nsm_description(other).has_value());
  CHECK_FALSE(nsm_extended(other).has_value());
}

TEST_CASE("NSM description") {
  const auto d = nsm_description(from_hex("a16b44657363726962654e534da76d76657273696f6e5f6d616a6f72016d76657273696f6e5f6d696e6f72006d76657273696f6e5f706174636800"
                                          "696d6f64756c655f696463692d31686d61785f7063727318206b6c6f636b65645f70637273830001026664696765737466534841333834")
                                     .value());
  REQUIRE(d.has_value());
  CHECK(d->module_id == "i-1");
  CHECK(d->major == 1);
  CHECK(d->max_pcrs == 32);
  CHECK(d->locked_pcrs == 3);
  CHECK(d->digest == "SHA384");
}
