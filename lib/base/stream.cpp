#include "base/stream.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "base/encoding.h"
#include "base/posix.h"

namespace tee {

namespace {

bool write_all(int fd, ByteView content) {
  while (!content.empty()) {
    const ssize_t n = ::write(fd, content.data(), content.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    content = content.subspan(static_cast<std::size_t>(n));
  }
  return true;
}

std::optional<std::string> real_path(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  if (!resolved) return std::nullopt;
  std::string out(resolved);
  std::free(resolved);
  return out;
}

}  // namespace

Result<Input> Input::open(const std::string& path) {
  const std::string name = printable(path);
  if (path.empty() || path.find('\0') != std::string::npos) return fail(code::file_unreadable, name + ": not a file name");
  Input in(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY), name);
  if (in.fd_ < 0) return fail(code::file_unreadable, name + ": " + io_cause(errno));
  struct stat info {};
  if (::fstat(in.fd_, &info) == 0 && S_ISDIR(info.st_mode)) return fail(code::file_unreadable, name + ": it is a folder");
  return in;
}

Input Input::standard() { return {STDIN_FILENO, "standard input"}; }

Input::~Input() {
  if (fd_ > STDERR_FILENO) ::close(fd_);
}

Result<std::size_t> Input::read(std::span<std::uint8_t> into) {
  for (;;) {
    const ssize_t n = ::read(fd_, into.data(), into.size());
    if (n >= 0) return static_cast<std::size_t>(n);
    if (errno != EINTR) return fail(code::file_unreadable, name_ + ": " + io_cause(errno));
  }
}

Output Output::standard() {
  Output out;
  out.fd_ = STDOUT_FILENO;
  out.name_ = "standard output";
  return out;
}

Result<Output> Output::file(const std::string& path, FileMode mode) {
  Output out;
  out.name_ = printable(path);
  if (path.empty() || path.back() == '/' || path.find('\0') != std::string::npos)
    return fail(code::file_unwritable, out.name_ + ": not a file name");
  out.target_ = real_path(path).value_or(path);
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) {
    // Renaming a file over /dev/null would replace the device.
    out.fd_ = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  } else {
    std::string beside = out.target_ + ".XXXXXX";
    out.fd_ = ::mkostemp(beside.data(), O_CLOEXEC);  // 0600 at first: a secret is never readable, even briefly
    if (out.fd_ >= 0) out.beside_ = beside;
  }
  if (out.fd_ < 0) return fail(code::file_unwritable, out.name_ + ": " + io_cause(errno));
  if (!out.beside_.empty() && ::fchmod(out.fd_, mode == FileMode::secret ? 0600 : 0644) != 0)
    return fail(code::file_unwritable, out.name_ + ": " + io_cause(errno));
  return out;
}

Output::Output(Output&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      name_(std::move(other.name_)),
      beside_(std::exchange(other.beside_, {})),
      target_(std::move(other.target_)) {}

Output::~Output() {
  if (fd_ > STDERR_FILENO) ::close(fd_);
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

Status Output::write(ByteView content) {
  if (fd_ < 0 || !write_all(fd_, content)) return fail(code::file_unwritable, name_ + ": " + io_cause(fd_ < 0 ? EBADF : errno));
  return {};
}

Status Output::commit() {
  if (fd_ < 0) return {};
  const bool synced = beside_.empty() || ::fsync(fd_) == 0;
  // Some file systems report a failed write only here.
  const bool closed = synced && ::close(std::exchange(fd_, -1)) == 0;
  if (!closed || (!beside_.empty() && ::rename(beside_.c_str(), target_.c_str()) != 0))
    return fail(code::file_unwritable, name_ + ": " + io_cause(errno));
  beside_.clear();
  return {};
}

Status write_file_atomic(const std::string& path, ByteView content, FileMode mode) {
  TEE_TRY(Output out, Output::file(path, mode));
  TEE_CHECK(out.write(content));
  return out.commit();
}

void prepare_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) >= 0) continue;
    // open() takes the lowest free number, which is this one. The wrong direction makes every use of it fail.
    (void)::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

bool same_file(const std::string& a, const std::string& b) {
  struct stat first {}, second {};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

void write_stderr(std::string_view text) { (void)write_all(STDERR_FILENO, as_bytes(text)); }

}  // namespace tee
