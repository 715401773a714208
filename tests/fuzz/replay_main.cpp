// Runs a fuzz target over files instead of random input: the corpus as a plain test, on any compiler.
// A file named *.hex is hex text with white space anywhere, and stands for the bytes that it spells.
#include <algorithm>
#include <cstdio>
#include <string>

#include "base/encoding.h"
#include "base/env.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

tee::Result<tee::Bytes> read_seed(const std::string& path) {
  TEE_TRY(tee::Bytes content, tee::read_file(path));
  if (!path.ends_with(".hex")) return content;
  std::string digits(tee::as_text(content));
  digits.erase(std::remove_if(digits.begin(), digits.end(), [](char c) { return c == ' ' || c == '\n'; }),
               digits.end());
  return tee::from_hex(digits);
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const tee::Result<tee::Bytes> seed = read_seed(argv[i]);
    if (!seed) {
      std::fprintf(stderr, "%s: %s\n", argv[i], seed.error().message.c_str());
      return 1;
    }
    LLVMFuzzerTestOneInput(seed->data(), seed->size());
  }
  std::printf("%d inputs\n", argc - 1);
  return argc > 1 ? 0 : 1;
}
