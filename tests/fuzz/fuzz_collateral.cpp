// read_collateral: whatever the bytes, every item is whole, hashed over its own bytes and of the given
// origin.
#include "crypto/digest.h"
#include "evidence/codes.h"
#include "evidence/collateral.h"
#include "require.h"

using namespace tee;

namespace {

void check_item(const ItemSource& item, ByteView exact) {
  FUZZ_REQUIRE(item.origin == Origin::embedded);
  FUZZ_REQUIRE(item.sha256 == crypto::sha256(exact));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  (void)read_certificate_table(bytes, "table", Origin::embedded);
  const Result<CollateralSet> set = read_collateral(bytes, "file", Origin::embedded);
  if (!set) {
    const Code* code = set.error().code;
    FUZZ_REQUIRE(code == &code::collateral_unrecognised || code == &code::collateral_malformed);
    return 0;
  }
  for (const CertificateItem& i : set->certificates) check_item(i, i.certificate.der());
  for (const CrlItem& i : set->crls) check_item(i, i.crl.der());
  for (const DocumentItem& i : set->documents) {
    check_item(i, i.body);
    FUZZ_REQUIRE(i.issuer.empty());  // an attester names no issuer (S8)
    FUZZ_REQUIRE(i.signature.empty() || i.signature.size() == 64);
  }
  return 0;
}
