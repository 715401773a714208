#include "base/env.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <set>

using namespace tee;

namespace {

// A folder of its own for each test, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "tee-unit-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }
  std::vector<std::string> names() const { return list_folder(path_).value(); }

 private:
  std::string path_;
};

std::string text_of_file(const std::string& path) { return std::string(as_text(read_file(path).value())); }

mode_t mode_of(const std::string& path) {
  struct stat info {};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  return info.st_mode & 07777;
}

}  // namespace

TEST_CASE("a file is written whole, with its mode, and nothing beside it") {
  const Folder folder;
  CHECK(write_file_atomic(folder / "out", as_bytes("first")).has_value());
  CHECK(text_of_file(folder / "out") == "first");
  CHECK(mode_of(folder / "out") == 0644);
  CHECK(write_file_atomic(folder / "out", as_bytes("second"), FileMode::secret).has_value());
  CHECK(text_of_file(folder / "out") == "second");
  CHECK(mode_of(folder / "out") == 0600);
  CHECK(write_file_atomic(folder / "empty", {}).has_value());
  CHECK(read_file(folder / "empty").value().empty());
  CHECK(folder.names() == std::vector<std::string>{"empty", "out"});
}

TEST_CASE("a linked file is replaced where it stands") {
  const Folder folder;
  CHECK(write_file_atomic(folder / "real", as_bytes("1")).has_value());
  REQUIRE(::symlink("real", (folder / "link").c_str()) == 0);
  CHECK(write_file_atomic(folder / "link", as_bytes("2")).has_value());
  CHECK(text_of_file(folder / "real") == "2");
  CHECK(std::filesystem::is_symlink(folder / "link"));
}

TEST_CASE("a device or pipe is written to, never replaced") {
  CHECK(write_file_atomic("/dev/null", as_bytes("x")).has_value());
  CHECK(std::filesystem::is_character_file("/dev/null"));
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  CHECK(write_file_atomic("/dev/fd/" + std::to_string(ends[1]), as_bytes("through")).has_value());
  ::close(ends[1]);
  CHECK(text_of_file("/dev/fd/" + std::to_string(ends[0])) == "through");
  ::close(ends[0]);
}

TEST_CASE("bad-output: nothing is left behind") {
  const Folder folder;
  REQUIRE(::mkdir((folder / "sub").c_str(), 0755) == 0);
  for (const std::string& path : {folder / "missing/out", folder.path(), folder / "sub", folder / "sub/",
                                  std::string(), std::string("a\0b", 3), folder / std::string(300, 'n')}) {
    CAPTURE(path);
    const Status status = write_file_atomic(path, as_bytes("x"));
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().code == &code::file_unwritable);
  }
  CHECK(folder.names().empty());
  CHECK(list_folder(folder / "sub").value().empty());
  CHECK_FALSE(write_file_atomic("/dev/full", as_bytes("x")).has_value());
}

TEST_CASE("reading: limits are exact") {
  const Folder folder;
  REQUIRE(write_file_atomic(folder / "f", Bytes(100000, 7)).has_value());
  CHECK(read_file(folder / "f", 100000).value().size() == 100000);
  const Result<Bytes> too_large = read_file(folder / "f", 99999);
  REQUIRE_FALSE(too_large.has_value());
  CHECK(too_large.error().code == &code::file_too_large);
  CHECK_FALSE(read_file(folder / "f", 0).has_value());
  REQUIRE(write_file_atomic(folder / "e", {}).has_value());
  CHECK(read_file(folder / "e", 0).value().empty());
}

TEST_CASE("bad-endless-input: a device without an end stops at the limit") {
  const Result<Bytes> zeros = read_file("/dev/zero", 1 << 20);
  REQUIRE_FALSE(zeros.has_value());
  CHECK(zeros.error().code == &code::file_too_large);
}

TEST_CASE("bad-input-file: folder, missing, empty name, NUL in the name") {
  const Folder folder;
  for (const std::string& path : {folder.path(), folder / "missing", folder / "missing/deeper", std::string(),
                                  std::string("a\0b", 3)}) {
    CAPTURE(path);
    const Result<Bytes> content = read_file(path);
    REQUIRE_FALSE(content.has_value());
    CHECK(content.error().code == &code::file_unreadable);
  }
  const Result<Bytes> escape = read_file(folder / "\x1b[31m");
  REQUIRE_FALSE(escape.has_value());
  CHECK(escape.error().message.find('\x1b') == std::string::npos);
}

TEST_CASE("folders: sorted names of regular files, links followed") {
  const Folder folder;
  for (const char* name : {"b", "a", "c"}) REQUIRE(write_file_atomic(folder / name, {}).has_value());
  REQUIRE(::mkdir((folder / "sub").c_str(), 0755) == 0);
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  REQUIRE(::symlink("a", (folder / "link").c_str()) == 0);
  REQUIRE(::symlink("gone", (folder / "broken").c_str()) == 0);
  CHECK(folder.names() == std::vector<std::string>{"a", "b", "c", "link"});
  CHECK(is_folder(folder.path()));
  CHECK_FALSE(is_folder(folder / "a"));
  CHECK_FALSE(is_folder(folder / "missing"));
  CHECK_FALSE(list_folder(folder / "a").has_value());
  CHECK_FALSE(list_folder(folder / "missing").has_value());
}

TEST_CASE("the real environment") {
  const Env env = Env::real();
  CHECK(to_unix(env.now()) > 1700000000);
  CHECK_FALSE(env.getenv("TEE_SURELY_NOT_SET").has_value());
  ::setenv("TEE_UNIT_TEST", "", 1);
  CHECK(env.getenv("TEE_UNIT_TEST") == "");
  std::set<Bytes> seen;
  for (int i = 0; i < 50; ++i) {
    Bytes bytes(16);
    env.random(bytes);
    seen.insert(bytes);
  }
  CHECK(seen.size() == 50);
  Bytes large(100000);  // more than one getrandom call gives in some cases
  env.random(large);
  CHECK_FALSE(all_zero(ByteView(large).last(64)));
}
