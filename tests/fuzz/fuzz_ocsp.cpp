// OCSP answers: whatever parses keeps its views inside its own storage.
#include "crypto/ocsp.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto response = tee::crypto::parse_ocsp({data, size});
  if (!response) return 0;
  const tee::Bytes& bytes = *response->storage;
  FUZZ_REQUIRE(response->tbs.data() >= bytes.data());
  FUZZ_REQUIRE(response->tbs.data() + response->tbs.size() <= bytes.data() + bytes.size());
  FUZZ_REQUIRE(response->entries.size() <= 64);
  return 0;
}
