// Byte arguments of the command line: every form, and what is refused.
#include "evidence/byte_argument.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "base/encoding.h"
#include "base/env.h"
#include "crypto/digest.h"

using namespace tee;

namespace {

// A file with this content for the length of one test.
class TempFile {
 public:
  explicit TempFile(std::string_view content) {
    static int count = 0;
    path_ =
        (std::filesystem::temp_directory_path() / ("tee-byte-argument-" + std::to_string(++count))).string();
    REQUIRE(write_file_atomic(path_, as_bytes(content)));
  }
  ~TempFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string read(const std::string& argument) {
  const Result<Bytes> bytes = read_byte_argument(argument);
  return bytes ? hex(*bytes) : std::string(bytes.error().code->name);
}

}  // namespace

TEST_CASE("byte arguments: the forms without a file") {
  CHECK(read("00ff10") == "00ff10");
  CHECK(read("00FF10") == "00ff10");
  CHECK(read("b64:AP8Q") == "00ff10");
  CHECK(read("b64:_w") == "ff");
  CHECK(read("text:00ff") == "30306666");
  CHECK(read("text:@name") == "406e616d65");
}

TEST_CASE("byte arguments: the forms with a file") {
  const TempFile raw(std::string_view("\x00\x01\xff", 3)), digits("00ff10\n"), base64("AP8Q\n");
  CHECK(read("@" + raw.path()) == "0001ff");
  CHECK(read("hex:@" + digits.path()) == "00ff10");
  CHECK(read("b64:@" + base64.path()) == "00ff10");
  CHECK(read("sha256:@" + raw.path()) == hex(crypto::sha256(as_bytes(std::string_view("\x00\x01\xff", 3)))));
}

TEST_CASE("bad-empty-byte-argument_S4: an unset variable or an empty file is an error") {
  const TempFile empty("");
  for (const std::string& argument :
       {std::string(), std::string("text:"), std::string("b64:"), std::string("@"), std::string("hex:@"),
        "@" + empty.path(), "sha256:@" + empty.path(), "b64:@" + empty.path()}) {
    CAPTURE(argument);
    CHECK(read(argument) == "usage.empty_value");
  }
}

TEST_CASE("bad-hex-file-as-raw: hex digits and a newline are not taken as raw bytes") {
  const TempFile digits("00ff10\n");
  const Result<Bytes> bytes = read_byte_argument("@" + digits.path());
  REQUIRE(!bytes);
  CHECK(bytes.error().code->name == "bytes.malformed");
  CHECK(bytes.error().hint.find("hex:@FILE") != std::string::npos);
  const TempFile no_newline("00ff10");  // 32 hex characters without a newline are also a nonce in use
  CHECK(read("@" + no_newline.path()) == "303066663130");
}

TEST_CASE("bad-byte-argument: other spellings") {
  for (const char* argument : {"0", "0g", "0x00ff", "00 ff", "00ff\n", "b64:A", "b64:A===", "b64:?",
                               "hex:00ff", "sha256:00ff", "base64:AA=="}) {
    CAPTURE(argument);
    CHECK(read(argument) == "bytes.malformed");
  }
  CHECK(read("@/nonexistent/file") == "file.unreadable");
  CHECK(read("hex:@/") == "file.unreadable");
}
