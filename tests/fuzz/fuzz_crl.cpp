// parse_crl: whatever it accepts, OpenSSL reads too, with the same revoked serials.
#include <openssl/x509.h>

#include <memory>

#include "crypto/path.h"
#include "require.h"

using namespace tee;
using namespace tee::crypto;

namespace {

struct FreeCrl {
  void operator()(X509_CRL* c) const { X509_CRL_free(c); }
};

void compare(const Crl& ours, X509_CRL* theirs) {
  STACK_OF(X509_REVOKED)* revoked = X509_CRL_get_REVOKED(theirs);
  const int count = revoked == nullptr ? 0 : sk_X509_REVOKED_num(revoked);
  FUZZ_REQUIRE(static_cast<std::size_t>(count) == ours.revoked_count());
  for (const Bytes& serial : ours.revoked) FUZZ_REQUIRE(ours.lists(serial));
  FUZZ_REQUIRE(!ours.lists({}));
  FUZZ_REQUIRE((X509_CRL_get0_nextUpdate(theirs) != nullptr) == ours.next_update.has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  initialise();
  const Result<Crl> crl = parse_crl({data, size});
  if (!crl) return 0;
  const ByteView der = crl->der();
  const unsigned char* at = der.data();
  const std::unique_ptr<X509_CRL, FreeCrl> theirs(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  FUZZ_REQUIRE(theirs != nullptr);
  FUZZ_REQUIRE(at == der.data() + der.size());
  compare(*crl, theirs.get());
  FUZZ_REQUIRE(judge_crl(*crl, crl->issuer, PublicKey{}, crl->this_update) != CrlState::current);
  return 0;
}
