#include "codec/pem.h"

#include <doctest/doctest.h>

using namespace tee;

namespace {

constexpr std::string_view kOne = "-----BEGIN CERTIFICATE-----\nMAMCAQU=\n-----END CERTIFICATE-----\n";
const Bytes kDer{0x30, 0x03, 0x02, 0x01, 0x05};

std::size_t blocks_in(std::string_view text, pem::Junk junk = pem::Junk::refuse) {
  const auto blocks = pem::parse(text, junk);
  return blocks ? blocks->size() : 0;
}

}  // namespace

TEST_CASE("blocks in order, with label and bytes") {
  const std::string text = std::string(kOne) + "\r\n" + pem::encode("X509 CRL", Bytes(100, 9));
  const auto blocks = pem::parse(text).value();
  REQUIRE(blocks.size() == 2);
  CHECK(blocks[0].label == "CERTIFICATE");
  CHECK(blocks[0].der == kDer);
  CHECK(blocks[1].label == "X509 CRL");
  CHECK(blocks[1].der == Bytes(100, 9));
}

TEST_CASE("line lengths, line ends, and white space do not matter") {
  CHECK(blocks_in("-----BEGIN A-----\nMAMC\nAQU=\n-----END A-----") == 1);
  CHECK(blocks_in("-----BEGIN A-----\r\nMAMCAQU=\r\n-----END A-----\r\n") == 1);
  CHECK(blocks_in("-----BEGIN A-----\rMAMCAQU=\r-----END A-----\r") == 1);
  CHECK(blocks_in("\n \t-----BEGIN A----- \n\n  MAMC AQU=\n-----END A-----  \n\n") == 1);
  CHECK(blocks_in(std::string(kOne) + std::string(kOne)) == 2);
}

TEST_CASE("NUL bytes around blocks are tolerated, as Intel pads its chains") {
  CHECK(blocks_in(std::string(kOne) + std::string(3, '\0')) == 1);
  CHECK(blocks_in(std::string(1, '\0') + std::string(kOne) + std::string(1, '\0') + std::string(kOne)) == 2);
  CHECK(blocks_in(std::string(kOne) + std::string(1, '\0') + std::string(kOne), pem::Junk::allow) == 2);
}

TEST_CASE("other text around blocks only where it is allowed") {
  const std::string text = "subject=CN = x\nissuer=CN = y\n" + std::string(kOne) + "more\n" +
                           std::string(kOne) + "end -----BEGIN A-----";
  CHECK(blocks_in(text) == 0);
  CHECK(blocks_in(text, pem::Junk::allow) == 2);
  CHECK(blocks_in("x", pem::Junk::allow) == 0);
  CHECK(blocks_in(std::string(kOne) + "x") == 0);
}

TEST_CASE("bad-pem: structure") {
  for (std::string_view text :
       {"", " \n", "MAMCAQU=", "-----BEGIN A-----", "-----BEGIN A-----\nMAMCAQU=\n",
        "-----BEGIN A-----\nMAMCAQU=\n-----END B-----", "-----BEGIN A-----\nMAMCAQU=\n-----END A----",
        "-----BEGIN A----\nMAMCAQU=\n-----END A-----", "-----BEGIN -----\nMAMCAQU=\n-----END -----",
        "-----BEGIN  A-----\nMAMCAQU=\n-----END  A-----", "-----BEGIN A-----\n-----END A-----",
        "-----END A-----\nMAMCAQU=\n-----BEGIN A-----",
        "-----BEGIN A-----\n-----BEGIN A-----\nMAMCAQU=\n-----END A-----",
        "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\n\nMAMCAQU=\n-----END A-----",
        "-----BEGIN A\x01-----\nMAMCAQU=\n-----END A\x01-----"}) {
    CAPTURE(text);
    CHECK(blocks_in(text) == 0);
    CHECK(blocks_in(text, pem::Junk::allow) == 0);
  }
}

TEST_CASE("bad-pem-base64: not canonical") {
  for (std::string_view body :
       {"MAMCAQU", "MAMCAQV=", "MAMCAQU==", "MAMCAQU=MAMC", "MAMC_QU=", "MAMC!QU=", "M"}) {
    CAPTURE(body);
    CHECK(blocks_in("-----BEGIN A-----\n" + std::string(body) + "\n-----END A-----\n") == 0);
  }
  CHECK(blocks_in(std::string("-----BEGIN A-----\nMAMC\0AQU=\n-----END A-----\n", 45)) == 0);
}

TEST_CASE("bad-pem-second-block: one broken block refuses the whole text") {
  const std::string text = std::string(kOne) + "-----BEGIN CERTIFICATE-----\nMAMC\n";
  const auto blocks = pem::parse(text, pem::Junk::allow);
  REQUIRE_FALSE(blocks.has_value());
  CHECK(blocks.error().message == "PEM block 2: no END line");
}

TEST_CASE("bad-pem-flood: the number of blocks is bounded") {
  std::string text;
  for (int i = 0; i < 4096; ++i) text += "-----BEGIN A-----\nMAMCAQU=\n-----END A-----\n";
  CHECK(blocks_in(text) == 4096);
  CHECK(blocks_in(text + text) == 0);
}

TEST_CASE("recognising PEM") {
  CHECK(pem::looks_like_pem(kOne));
  CHECK(pem::looks_like_pem("subject=CN = x\n" + std::string(kOne)));
  CHECK(pem::looks_like_pem("\n \t" + std::string(kOne)));
  CHECK_FALSE(pem::looks_like_pem(""));
  CHECK_FALSE(pem::looks_like_pem("{\"chain\":\"-----BEGIN CERTIFICATE-----\"}"));
  CHECK_FALSE(pem::looks_like_pem("\x30\x82\x01\n" + std::string(kOne)));
  CHECK_FALSE(pem::looks_like_pem("-----END CERTIFICATE-----"));
}

TEST_CASE("what is written reads back, in lines of 64") {
  for (std::size_t size : {1u, 47u, 48u, 49u, 96u, 1000u}) {
    const std::string text = pem::encode("PUBLIC KEY", Bytes(size, 0x5a));
    const auto blocks = pem::parse(text).value();
    REQUIRE(blocks.size() == 1);
    CHECK(blocks[0].der == Bytes(size, 0x5a));
    CHECK(text.find('\n', 27) - 27 <= 64);
    CHECK(text.ends_with("\n-----END PUBLIC KEY-----\n"));
  }
}
