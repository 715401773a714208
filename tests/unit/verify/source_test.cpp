// What becomes a subject: whole inputs, lines, and inputs that are cut off or too large.
#include <doctest/doctest.h>

#include <unistd.h>

#include "verify/source.h"

using namespace tee;
using namespace tee::verify;

namespace {

class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content) : path_("/tmp/tee-unit-source-" + std::to_string(::getpid())) {
    REQUIRE(write_file_atomic(path_, as_bytes(content)));
  }
  ~TemporaryFile() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::vector<RawSubject> read(std::string_view content, Lines lines = Lines::automatic) {
  const TemporaryFile file(content);
  SubjectReader reader({file.path()}, lines);
  std::vector<RawSubject> out;
  while (auto raw = reader.next()) out.push_back(std::move(*raw));
  return out;
}

std::string text(const RawSubject& raw) { return std::string(as_text(raw.bytes)); }

}  // namespace

TEST_CASE("one input is one subject, with every byte of it") {
  for (const std::string& content : {std::string(), std::string("abc"), std::string("{\"a\":1}"), std::string("{\"a\":1}\n"), std::string("{\"a\":1}\n\n \n"),
                                    std::string("{\n \"a\": 1\n}\n"), std::string("[{\"a\":1},\n{\"b\":2}]\n"), std::string("00ff\n00ff\n"),
                                    std::string("\0\n{\"a\":1}\n{\"a\":1}\n", 18)}) {
    CAPTURE(content);
    const auto all = read(content);
    REQUIRE(all.size() == 1);
    CHECK(text(all[0]) == content);
    CHECK_FALSE(all[0].malformed);
  }
}

TEST_CASE("lines of JSON objects are subjects, named by their id") {
  const auto all = read("{\"id\":\"one\"}\n\n{\"x\":1}\n{\"id\":7}\n{\"inner\":{\"id\":\"no\"}}\n");
  REQUIRE(all.size() == 4);
  CHECK(all[0].name == "one");
  CHECK(all[1].name.ends_with(":3"));
  CHECK(all[2].name == "7");
  CHECK(all[3].name.ends_with(":5"));
  CHECK(text(all[1]) == "{\"x\":1}");
}

TEST_CASE("a line that is no JSON is a subject of its own; the stream goes on") {
  const auto all = read("{\"a\":1}\nnonsense\n{\"b\":2}\n");
  REQUIRE(all.size() == 3);
  CHECK(text(all[1]) == "nonsense");
  CHECK(text(all[2]) == "{\"b\":2}");
}

TEST_CASE("bad-unterminated-last-line_S25") {
  const auto all = read("{\"a\":1}\n{\"b\":2}");
  REQUIRE(all.size() == 2);
  CHECK_FALSE(all[0].malformed);
  REQUIRE(all[1].malformed);
  CHECK(all[1].malformed->code->name == "batch.unterminated");
}

TEST_CASE("declared lines are taken at once; other inputs stay whole") {
  CHECK(read("{\"a\":1}\n", Lines::declared).size() == 1);
  CHECK(text(read("{\"a\":1}\n", Lines::declared)[0]) == "{\"a\":1}");
  CHECK(text(read("{\n\"a\":1}\n", Lines::declared)[0]) == "{\n\"a\":1}\n");
  CHECK(text(read("00ff\n", Lines::declared)[0]) == "00ff\n");
}

TEST_CASE("bad-too-large: 8 MiB is the end, for an input and for a line") {
  const auto whole = read(std::string((8u << 20) + 1, 'x'));
  REQUIRE(whole.size() == 1);
  REQUIRE(whole[0].malformed);
  CHECK(whole[0].malformed->code->name == "evidence.too_large");
  CHECK(read(std::string(8u << 20, 'x'))[0].malformed == std::nullopt);

  const auto lines = read("{\"a\":1}\n{\"b\":\"" + std::string(9u << 20, 'y') + "\"}\n{\"c\":3}\n");
  REQUIRE(lines.size() == 3);
  REQUIRE(lines[1].malformed);
  CHECK(lines[1].bytes.size() < (9u << 20));
  CHECK(text(lines[2]) == "{\"c\":3}");
}

TEST_CASE("a missing file is the operator's problem, and the next one is still read") {
  const TemporaryFile file("abc");
  SubjectReader reader({"/nonexistent/evidence", file.path()}, Lines::automatic);
  const auto first = reader.next();
  REQUIRE(first);
  CHECK(first->unreadable);
  CHECK(reader.more_expected());
  CHECK(text(*reader.next()) == "abc");
  CHECK_FALSE(reader.next());
}
