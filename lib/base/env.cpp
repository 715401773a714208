#include "base/env.h"

#include <dirent.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "base/encoding.h"
#include "base/posix.h"

namespace tee {

namespace {

// An open file descriptor, closed at the end of the scope.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

void operating_system_entropy(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const ssize_t n = ::getrandom(out.data(), out.size(), 0);
    if (n > 0) {
      out = out.subspan(static_cast<std::size_t>(n));
    } else if (errno != EINTR) {
      std::abort();  // no kernel we run on lacks it; guessing nonces from anything else would be worse
    }
  }
}

Result<Bytes> read_all(int fd, std::size_t limit, const std::string& name) {
  std::size_t chunk = 64 << 10;
  Bytes out;
  struct stat info {};
  if (::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {  // a hint only: files can grow
    out.reserve(std::min<std::size_t>(static_cast<std::size_t>(info.st_size), limit) + 1);
    chunk = std::clamp<std::size_t>(static_cast<std::size_t>(info.st_size) + 1, 4096, chunk);  // unread bytes need no zeroing
  }
  for (;;) {
    const std::size_t have = out.size();
    const std::size_t want =
        std::min(chunk, limit - have + 1);  // one more than allowed, to notice the excess
    out.resize(have + want);
    const ssize_t n = ::read(fd, out.data() + have, want);
    if (n < 0 && errno == EINTR) {
      out.resize(have);
      continue;
    }
    if (n < 0) return fail(code::file_unreadable, name + ": " + io_cause(errno));
    out.resize(have + static_cast<std::size_t>(n));
    if (out.size() > limit) {
      return fail(code::file_too_large, name + ": more than " + std::to_string(limit) + " bytes");
    }
    if (n == 0) return out;
  }
}

}  // namespace

// Our own words for the few causes that people meet: strerror depends on the locale.
std::string io_cause(int error) {
  switch (error) {
    case ENOENT: return "no such file or folder";
    case EACCES:
    case EPERM: return "permission denied";
    case EISDIR: return "it is a folder";
    case ENOTDIR: return "a part of the path is not a folder";
    case ENOSPC:
    case EDQUOT: return "no space left";
    case EROFS: return "the file system is read-only";
    case ELOOP: return "too many symbolic links";
    case ENAMETOOLONG: return "the name is too long";
    case EMFILE:
    case ENFILE: return "too many open files";
    case ENXIO: return "no such device";
    case EPIPE: return "the reader went away";
    default: return "input/output error";
  }
}

Env Env::real() {
  Env env;
  env.now = [] { return std::chrono::floor<Seconds>(std::chrono::system_clock::now()); };
  env.random = operating_system_entropy;
  env.getenv = [](const char* name) -> std::optional<std::string> {
    const char* value = std::getenv(name);
    return value ? std::optional<std::string>(value) : std::nullopt;
  };
  env.stdin_tty = ::isatty(STDIN_FILENO) == 1;
  env.stdout_tty = ::isatty(STDOUT_FILENO) == 1;
  env.stderr_tty = ::isatty(STDERR_FILENO) == 1;
  return env;
}

Result<Bytes> read_file(const std::string& path, std::size_t limit) {
  const std::string name = printable(path);
  if (path.empty() || path.find('\0') != std::string::npos)
    return fail(code::file_unreadable, name + ": not a file name");
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (file.get() < 0) return fail(code::file_unreadable, name + ": " + io_cause(errno));
  struct stat info {};
  if (::fstat(file.get(), &info) == 0 && S_ISDIR(info.st_mode)) {
    return fail(code::file_unreadable, name + ": it is a folder");
  }
  return read_all(file.get(), limit, name);
}

Result<Bytes> read_stdin(std::size_t limit) { return read_all(STDIN_FILENO, limit, "standard input"); }

Result<std::vector<std::string>> list_folder(const std::string& path) {
  DIR* folder = path.find('\0') == std::string::npos ? ::opendir(path.c_str()) : nullptr;
  if (!folder) return fail(code::file_unreadable, printable(path) + ": " + io_cause(errno));
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(folder)) {
    struct stat info {};  // follows links: a folder of links to collateral is a common layout
    if (::fstatat(::dirfd(folder), entry->d_name, &info, 0) == 0 && S_ISREG(info.st_mode)) {
      names.emplace_back(entry->d_name);
    }
  }
  ::closedir(folder);
  std::sort(names.begin(), names.end());
  return names;
}

bool is_folder(const std::string& path) {
  struct stat info {};
  return path.find('\0') == std::string::npos && ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace tee
