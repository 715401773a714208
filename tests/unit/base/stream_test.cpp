// Output appears complete or not at all; input comes in pieces.
#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include "base/stream.h"

using namespace tee;

namespace {

class Folder {
 public:
  Folder() {
    char name[] = "/tmp/tee-unit-stream-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    path_ = name;
  }
  ~Folder() {
    for (const std::string& file : files()) ::unlink((path_ + "/" + file).c_str());
    ::rmdir(path_.c_str());
  }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  std::vector<std::string> files() const { return list_folder(path_).value(); }

 private:
  std::string path_;
};

std::string content(const std::string& path) { return std::string(as_text(read_file(path).value())); }

}  // namespace

TEST_CASE("a file appears with commit, in one piece") {
  const Folder folder;
  const std::string path = folder / "out";
  {
    auto out = Output::file(path);
    REQUIRE(out);
    REQUIRE(out->write(as_bytes("one ")));
    REQUIRE(out->write(as_bytes("two")));
    CHECK_FALSE(read_file(path));
    REQUIRE(out->commit());
  }
  CHECK(content(path) == "one two");
  CHECK(folder.files() == std::vector<std::string>{"out"});
}

TEST_CASE("bad-abandoned: without commit the old file stays and nothing else is left") {
  const Folder folder;
  const std::string path = folder / "out";
  REQUIRE(write_file_atomic(path, as_bytes("before")));
  {
    auto out = Output::file(path);
    REQUIRE(out);
    REQUIRE(out->write(as_bytes("half")));
  }
  CHECK(content(path) == "before");
  CHECK(folder.files() == std::vector<std::string>{"out"});
}

TEST_CASE("secrets are readable by their owner only") {
  const Folder folder;
  const std::string path = folder / "secret";
  REQUIRE(write_file_atomic(path, as_bytes("s"), FileMode::secret));
  struct stat info {};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("a linked file is written where it points to") {
  const Folder folder;
  REQUIRE(write_file_atomic(folder / "real", as_bytes("old")));
  REQUIRE(::symlink((folder / "real").c_str(), (folder / "link").c_str()) == 0);
  REQUIRE(write_file_atomic(folder / "link", as_bytes("new")));
  CHECK(content(folder / "real") == "new");
  CHECK(same_file(folder / "real", folder / "link"));
  CHECK_FALSE(same_file(folder / "real", folder / "absent"));
}

TEST_CASE("bad-output: folders, empty names and full disks are errors") {
  CHECK(Output::file("").error().code == &code::file_unwritable);
  CHECK(Output::file("/tmp/").error().code == &code::file_unwritable);
  CHECK(Output::file("/nonexistent/out").error().code == &code::file_unwritable);
  auto full = Output::file("/dev/full");
  REQUIRE(full);
  CHECK(full->write(as_bytes("x")).error().code == &code::file_unwritable);
}

TEST_CASE("input comes in pieces and ends with nothing") {
  const Folder folder;
  REQUIRE(write_file_atomic(folder / "in", as_bytes("abcdef")));
  auto in = Input::open(folder / "in");
  REQUIRE(in);
  std::array<std::uint8_t, 4> piece{};
  CHECK(in->read(piece).value() == 4);
  CHECK(in->read(piece).value() == 2);
  CHECK(in->read(piece).value() == 0);
  CHECK(Input::open("/tmp").error().code == &code::file_unreadable);
  CHECK(Input::open("/nonexistent").error().code == &code::file_unreadable);
}
