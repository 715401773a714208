#include "base/system.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "base/encoding.h"
#include "base/posix.h"

namespace tee {

namespace {

constexpr std::size_t kSmallFile = 64 << 10;

Presence presence_of(int error) { return error == EACCES || error == EPERM ? Presence::denied : Presence::absent; }

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

System System::real(const Env& env, std::string root) {
  while (!root.empty() && root.back() == '/') root.pop_back();
  return {std::move(root), env.getenv};
}

Presence System::exists(std::string_view path) const {
  struct stat info {};
  return ::stat(at(path).c_str(), &info) == 0 ? Presence::present : presence_of(errno);
}

Presence System::usable(std::string_view path) const {
  if (const Presence there = exists(path); there != Presence::present) return there;
  return ::access(at(path).c_str(), R_OK | W_OK) == 0 ? Presence::present : Presence::denied;
}

std::optional<std::string> System::text(std::string_view path) const {
  auto content = bytes(path, kSmallFile);
  if (!content) return std::nullopt;
  std::string out(content->begin(), content->end());
  if (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

Result<Bytes> System::bytes(std::string_view path, std::size_t limit) const {
  TEE_TRY(const Descriptor file, open(path, false));
  Bytes out;
  for (;;) {
    const std::size_t have = out.size();
    out.resize(have + std::min<std::size_t>(kSmallFile, limit - have + 1));
    const ssize_t n = ::read(file.get(), out.data() + have, out.size() - have);
    if (n < 0 && errno != EINTR) return tl::unexpected(system_error(errno, path));
    out.resize(have + static_cast<std::size_t>(std::max<ssize_t>(n, 0)));
    if (out.size() > limit) return fail(code::platform_failed, std::string(path) + ": more than " + std::to_string(limit) + " bytes");
    if (n == 0) return out;
  }
}

std::vector<std::string> System::names(std::string_view folder) const {
  std::vector<std::string> out;
  DIR* open_folder = ::opendir(at(folder).c_str());
  if (!open_folder) return out;
  while (const dirent* entry = ::readdir(open_folder)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") out.push_back(name);
  }
  ::closedir(open_folder);
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<std::string> System::link(std::string_view path) const {
  char target[4096];
  const ssize_t n = ::readlink(at(path).c_str(), target, sizeof target);
  if (n < 0 || static_cast<std::size_t>(n) == sizeof target) return std::nullopt;
  return std::string(target, static_cast<std::size_t>(n));
}

Result<Descriptor> System::open(std::string_view path, bool writable) const {
  // Opening a pipe waits for its other end; no device or pseudo file is one, but a foreign root may hold anything.
  if (struct stat info {}; ::stat(at(path).c_str(), &info) == 0 && S_ISFIFO(info.st_mode))
    return fail(code::platform_failed, printable(path) + ": a pipe, where a device or file should be");
  Descriptor file(::open(at(path).c_str(), (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOCTTY));
  if (!file) return tl::unexpected(system_error(errno, path));
  return file;
}

Status write_once(const Descriptor& file, ByteView content, std::string_view name) {
  ssize_t n = 0;
  do n = ::write(file.get(), content.data(), content.size());
  while (n < 0 && errno == EINTR);
  if (n < 0) return tl::unexpected(system_error(errno, name));
  if (static_cast<std::size_t>(n) != content.size())
    return fail(code::platform_failed, std::string(name) + ": took " + std::to_string(n) + " of " + std::to_string(content.size()) + " bytes");
  return {};
}

Result<int> with_deadline(Milliseconds limit, std::string_view what, std::function<int()> call) {
  struct Shared {
    std::mutex mutex;
    std::condition_variable done;
    std::optional<int> answer;
  };
  const auto shared = std::make_shared<Shared>();
  std::thread([shared, call = std::move(call)] {
    const int answer = call();
    const std::lock_guard lock(shared->mutex);
    shared->answer = answer;
    shared->done.notify_one();
  }).detach();
  std::unique_lock lock(shared->mutex);
  if (!shared->done.wait_for(lock, limit, [&] { return shared->answer.has_value(); }))
    return fail(code::platform_timeout, std::string(what) + " did not answer within " + std::to_string(limit.count()) + " ms",
                "a device that hangs usually needs its host's attention; --timeout waits longer");
  return *shared->answer;
}

Error system_error(int number, std::string_view what) {
  const std::string name = printable(what);
  switch (number) {
    case ENOENT:
    case ENOTDIR:
    case ENODEV:
    case ENXIO: return Error(code::platform_absent, name + ": " + io_cause(number));
    case EACCES:
    case EPERM: return Error(code::platform_denied, name + ": permission denied", "run as root, or let this user read and write " + name);
    case EBUSY:
    case EAGAIN:
    case EINTR: return Error(code::platform_busy, name + ": busy", "another process may be using it; try again");
    case ETIMEDOUT: return Error(code::platform_timeout, name + ": the device did not answer in time");
    case ENOTTY:
    case EOPNOTSUPP: return Error(code::platform_failed, name + ": the kernel's driver does not know the request");
    case EINVAL: return Error(code::platform_failed, name + ": the driver refused the request as invalid");
    case EIO: return Error(code::platform_failed, name + ": the firmware reported an error");
    default: return Error(code::platform_failed, name + ": " + io_cause(number));
  }
}

}  // namespace tee
