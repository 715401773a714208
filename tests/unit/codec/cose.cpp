#include "codec/cose.h"

#include <doctest/doctest.h>

#include "base/encoding.h"

using namespace tee;

namespace {

// [<<{1: -35}>>, {}, 'payload', h'0102']
constexpr std::string_view kPlain = "8444a1013822a0477061796c6f6164420102";

std::string refusal(std::string_view hex_text) {
  const Bytes data = from_hex(hex_text).value();
  const auto message = cose::parse_sign1(data);
  return message ? "accepted" : message.error().message;
}

}  // namespace

TEST_CASE("a message is taken apart") {
  const Bytes data = from_hex(kPlain).value();
  const cose::Sign1 message = cose::parse_sign1(data).value();
  CHECK_FALSE(message.tagged);
  CHECK(hex(message.protected_header) == "a1013822");
  CHECK(message.algorithm == -35);
  CHECK_FALSE(message.critical);
  CHECK(as_text(message.payload) == "payload");
  CHECK(message.payload.data() == data.data() + 8);
  CHECK(hex(message.signature) == "0102");
}

TEST_CASE("tag 18 is accepted, and only that") {
  const Bytes data = from_hex("d2" + std::string(kPlain)).value();
  CHECK(cose::parse_sign1(data).value().tagged);
  CHECK(refusal("d1" + std::string(kPlain)) == "COSE_Sign1: tag 17 where only 18 may stand");
  CHECK(refusal("d8628443a10126a04101"
                "4101") != "accepted");
  CHECK(refusal("d2d2" + std::string(kPlain)) != "accepted");
  CHECK(refusal("d83d"
                "d2" +
                std::string(kPlain)) != "accepted");
}

TEST_CASE("the signed bytes, RFC 9052 section 4.4") {
  const Bytes data = from_hex(kPlain).value();
  CHECK(hex(cose::signed_bytes(cose::parse_sign1(data).value())) ==
        "846a5369676e61747572653144a101382240477061796c6f6164");
}

TEST_CASE("the signed bytes have shortest heads, whatever the message had") {
  // The same message with every head one size too long.
  const Bytes padded = from_hex("98045804a1013822b8005900077061796c6f61645a000000020102").value();
  const cose::Sign1 message = cose::parse_sign1(padded).value();
  CHECK(hex(cose::signed_bytes(message)) == "846a5369676e61747572653144a101382240477061796c6f6164");
}

TEST_CASE("the protected header is kept as received, also when it is not canonical") {
  const Bytes data = from_hex("8445a101390022a041704173").value();
  const cose::Sign1 message = cose::parse_sign1(data).value();
  CHECK(message.algorithm == -35);
  CHECK(hex(message.protected_header) == "a101390022");
  CHECK(hex(cose::signed_bytes(message)) == "846a5369676e61747572653145a101390022404170");
}

TEST_CASE("large payloads have the right head") {
  for (std::size_t size : {23u, 24u, 255u, 256u, 4667u, 65536u}) {
    Bytes data = from_hex("8444a1013822a0").value();
    cbor::put_bytes(data, Bytes(size, 7));
    cbor::put_bytes(data, Bytes(96, 1));
    Bytes expected = from_hex("846a5369676e61747572653144a101382240").value();
    cbor::put_bytes(expected, Bytes(size, 7));
    CHECK(cose::signed_bytes(cose::parse_sign1(data).value()) == expected);
  }
}

TEST_CASE("algorithm: only an integer of the protected header counts") {
  const auto algorithm = [](std::string_view hex_text) {
    const Bytes data = from_hex(hex_text).value();
    return cose::parse_sign1(data).value().algorithm;
  };
  CHECK_FALSE(algorithm("8440a1013822"
                        "41704173")
                  .has_value());                           // only unprotected
  CHECK_FALSE(algorithm("8441a0a041704173").has_value());  // empty map
  CHECK_FALSE(algorithm("8448a101654553333834"
                        "a041704173")
                  .has_value());  // "ES384"
  CHECK_FALSE(algorithm("844ba1013bffffffffffffffff"
                        "a041704173")
                  .has_value());
  CHECK(algorithm("8443a10126a041704173") == -7);
}

TEST_CASE("bad-crit: the label is reported") {
  const Bytes data = from_hex("8447a2013822028101a041704173").value();
  CHECK(cose::parse_sign1(data).value().critical);
}

TEST_CASE("bad-shape: each part of another kind") {
  CHECK(refusal("") != "accepted");
  CHECK(refusal("a0") == "COSE_Sign1: not an array of definite length");
  CHECK(refusal("9f44a1013822a041704173ff") == "COSE_Sign1: not an array of definite length");
  CHECK(refusal("8344a1013822a04170") == "COSE_Sign1: four elements expected, found 3");
  CHECK(refusal("8544a1013822a04170417300") == "COSE_Sign1: four elements expected, found 5");
  CHECK(refusal("84a1013822a041704173") == "COSE_Sign1: the protected header is not a byte string");
  CHECK(refusal("8464a1013822a041704173") != "accepted");
  CHECK(refusal("84448101"
                "0203"
                "a041704173") != "accepted");
  CHECK(refusal("8442"
                "8100"
                "a041704173") == "COSE_Sign1: the protected header is not a map");
  CHECK(refusal("8444a10138"
                "a041704173") != "accepted");
  CHECK(refusal("8445a101382200a041704173") != "accepted");  // bytes behind the protected map
  CHECK(refusal("8447a201382201"
                "3822"
                "a041704173") != "accepted");  // alg twice
  CHECK(refusal("8444a10138228041704173") == "COSE_Sign1: the unprotected header is not a map");
  CHECK(refusal("8444a1013822a0f64173") == "COSE_Sign1: the payload is detached");
  CHECK(refusal("8444a1013822a061704173") == "COSE_Sign1: the payload is not a byte string");
  CHECK(refusal("8444a1013822a0417061"
                "73") == "COSE_Sign1: the signature is not a byte string");
  CHECK(refusal("8444a1013822a04170f6") == "COSE_Sign1: the signature is not a byte string");
}

TEST_CASE("bad-trailing and bad-truncation") {
  CHECK(refusal(std::string(kPlain) + "00") != "accepted");
  for (std::size_t n = 0; n < kPlain.size(); n += 2) CHECK(refusal(kPlain.substr(0, n)) != "accepted");
}
