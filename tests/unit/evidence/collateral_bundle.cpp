// tee.collateral/1 bundles and AMD certificate tables.
#include "crypto/digest.h"
#include "materials.h"

using namespace tee;
using namespace tee::test;

namespace {

std::string bundle(const Json& items) {
  return Json{{"schema", "tee.collateral/1"}, {"items", items}}.dump();
}
Json certificate_item() { return {{"kind", "certificate"}, {"der_b64", base64(some_certificate())}}; }

std::string table_says(const Bytes& table) {
  return holds(read_certificate_table(table, "t", Origin::embedded));
}

}  // namespace

TEST_CASE("bundles: each way to hold an item") {
  const Json items = Json::array(
      {certificate_item(),
       {{"kind", "certificate"}, {"pem", certificate_pem() + certificate_pem()}},
       {{"kind", "crl"}, {"der_b64", base64(some_crl())}, {"sha256", hex(crypto::sha256(some_crl()))}},
       {{"kind", "tcb_info"},
        {"json", "{\"tcbInfo\":{ \"id\":\"SGX\"},\"signature\":\"" + signature_hex() + "\"}"}},
       {{"kind", "rim"}, {"text", "<SoftwareIdentity/>"}},
       {{"kind", "something_later"}, {"der_b64", "AAAA"}}});
  const Result<CollateralSet> set = read_collateral(as_bytes(bundle(items)), "b.json", Origin::supplied);
  REQUIRE(set);
  CHECK(holds(set) == "3c 1r tcb_info rim");
  CHECK(as_text(set->documents[0].body) == "{ \"id\":\"SGX\"}");
}

TEST_CASE("bundles: issuer and source count only when the operator brought the bundle_S8") {
  const std::string text = bundle(Json::array({{{"kind", "jwks"},
                                                {"json", R"({"keys":[{"kty":"RSA"}]})"},
                                                {"issuer", "https://issuer.example"},
                                                {"source", "https://issuer.example/jwks"}}}));
  const Result<CollateralSet> supplied = read_collateral(as_bytes(text), "b.json", Origin::supplied);
  REQUIRE(supplied);
  CHECK(supplied->documents[0].issuer == "https://issuer.example");
  CHECK(supplied->documents[0].source == "https://issuer.example/jwks");
  const Result<CollateralSet> embedded = read_collateral(as_bytes(text), "evidence", Origin::embedded);
  REQUIRE(embedded);
  CHECK(embedded->documents[0].issuer.empty());
  CHECK(embedded->documents[0].source == "evidence");
  CHECK(embedded->documents[0].origin == Origin::embedded);
}

TEST_CASE("bad-bundle: items that are not what they say") {
  Json wrong_hash = certificate_item(), two = certificate_item(), empty = {{"kind", "certificate"}},
       not_text = empty, no_kind = certificate_item();
  wrong_hash["sha256"] = hex(crypto::sha256(some_crl()));
  two["pem"] = certificate_pem();
  not_text["pem"] = 5;
  no_kind.erase("kind");
  const Json nested = {{"kind", "certificate"}, {"json", bundle(Json::array({certificate_item()}))}};
  const Json hex_text = {{"kind", "crl"}, {"text", hex(some_crl())}};
  const Json junk = {{"kind", "certificate"}, {"der_b64", "AAAA"}};
  for (const Json& item : {wrong_hash, two, empty, not_text, no_kind, nested, hex_text, junk, Json(5)}) {
    CAPTURE(item.dump());
    CHECK(holds(bundle(Json::array({item}))) == "collateral.malformed");
  }
  CHECK(holds(R"({"schema":"tee.collateral/1"})") == "collateral.malformed");
  CHECK(holds(bundle(Json::array())) == "0c 0r");
  CHECK(holds(bundle(Json(std::vector<Json>(1025, certificate_item())))) == "collateral.malformed");
}

TEST_CASE("certificate table: DER and PEM entries, unknown ones passed over") {
  CHECK(holds(certificate_table({{kVcekGuid, some_certificate()}})) == "1c 0r");
  const Bytes full = certificate_table({{kExtraGuid, Bytes(8, 1)},
                                        {kVcekGuid, to_bytes(as_bytes(certificate_pem()))},
                                        {kAskGuid, some_certificate()},
                                        {kCrlGuid, some_crl()}});
  CHECK(table_says(full) == "2c 1r");
  Bytes padded = full;
  padded.resize(4096, 0);
  CHECK(table_says(padded) == "2c 1r");
  CHECK(table_says(Bytes(24, 0)) == "0c 0r");
  CHECK(table_says(Bytes(2784, 0)) == "0c 0r");
}

TEST_CASE("bad-certificate-table: bounds, duplicates, no end") {
  const Bytes good = certificate_table({{kVcekGuid, some_certificate()}});
  const auto with = [&](std::size_t at, std::uint8_t value) {
    Bytes b = good;
    b[at] = value;
    return table_says(b);
  };
  CHECK(with(16, 0x00) == "collateral.malformed");  // offset into the header
  CHECK(with(17, 0xff) == "collateral.malformed");  // offset past the end
  CHECK(with(23, 0xff) == "collateral.malformed");  // length past the end
  CHECK(with(20, 0x01) == "collateral.malformed");  // certificate cut
  CHECK(table_says(certificate_table({{kVcekGuid, some_certificate()}, {kVcekGuid, some_certificate()}})) ==
        "collateral.malformed");
  CHECK(table_says(certificate_table({{kVcekGuid, Bytes(8, 7)}})) == "collateral.malformed");
  CHECK(table_says(to_bytes(ByteView(good).first(24))) == "collateral.malformed");
  CHECK(table_says(Bytes()) == "collateral.malformed");
  CHECK(table_says(Bytes(23, 0)) == "collateral.malformed");
  CHECK(table_says(Bytes((64u << 10) + 1, 0)) == "collateral.malformed");
  Bytes overflow = good;  // offset + length wraps in 32 bits
  std::copy_n(Bytes{0xff, 0xff, 0xff, 0xff, 0x40, 0, 0, 0}.begin(), 8, overflow.begin() + 16);
  CHECK(table_says(overflow) == "collateral.malformed");
}
