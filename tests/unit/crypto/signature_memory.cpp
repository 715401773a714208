#include "crypto/signature_memory.h"

#include <doctest/doctest.h>

#include <thread>

#include "crypto/digest.h"

using namespace tee;
using namespace tee::crypto;

namespace {

SignatureId id(unsigned n) { return sha256(Writer().u32be(n).view()); }

}  // namespace

TEST_CASE("signature memory: never holds more than it was allowed, rounded up to its shards") {
  SignatureMemory memory;
  CHECK_FALSE(memory.enabled());
  memory.set_capacity(32);
  CHECK(memory.enabled());
  for (unsigned n = 0; n < 2000; ++n) memory.remember(id(n));
  CHECK(memory.size() == 32);
  CHECK(memory.knows(id(1999)));
  CHECK_FALSE(memory.knows(id(0)));
  memory.set_capacity(0);
  CHECK(memory.size() == 0);
  CHECK_FALSE(memory.knows(id(1999)));
}

TEST_CASE("signature memory: what is used stays, what is not used goes") {
  SignatureMemory memory;
  memory.set_capacity(160);  // ten for each shard
  memory.remember(id(7));
  for (unsigned n = 100; n < 3000; ++n) {
    memory.remember(id(n));
    REQUIRE(memory.knows(id(7)));
  }
  for (unsigned n = 3000; n < 6000; ++n) memory.remember(id(n));
  CHECK_FALSE(memory.knows(id(7)));
}

TEST_CASE("signature memory: a single entry may be kept, and a repeated one takes no room") {
  SignatureMemory memory;
  memory.set_capacity(1);
  for (int i = 0; i < 100; ++i) memory.remember(id(1));
  CHECK(memory.size() == 1);
  CHECK(memory.knows(id(1)));
}

TEST_CASE("signature memory: threads may share it") {
  SignatureMemory memory;
  memory.set_capacity(256);
  const auto work = [&memory](unsigned from) {
    for (unsigned n = from; n < from + 2000; ++n) {
      memory.remember(id(n));
      (void)memory.knows(id(n / 2));
    }
  };
  std::thread first(work, 0), second(work, 1000);
  first.join();
  second.join();
  CHECK(memory.size() <= 256);
}
