#include "seal/state.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/encoding.h"
#include "base/posix.h"
#include "base/system.h"
#include "seal/codes.h"
#include "seal/stream.h"

namespace tee::seal {

namespace {

tl::unexpected<Error> unusable(const std::string& path, std::string what, std::string hint = {}) {
  return fail(code::seal_state_unusable, printable(path) + ": " + std::move(what), std::move(hint));
}

bool write_all(int fd, ByteView content) {
  while (!content.empty()) {
    const ssize_t n = ::write(fd, content.data(), content.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    content = content.subspan(static_cast<std::size_t>(n));
  }
  return true;
}

Status sync_folder_of(const std::string& path) {
  const Descriptor folder(::open(path.substr(0, path.rfind('/') + 1).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder || (::fsync(folder.get()) != 0 && errno != EINVAL)) return unusable(path, io_cause(errno));
  return {};
}

}  // namespace

Status own_folder(const std::string& path) {
  for (std::size_t at = path.find('/', 1);; at = path.find('/', at + 1)) {
    const std::string part = path.substr(0, at);
    if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) return unusable(part, io_cause(errno));
    if (at == std::string::npos) break;
  }
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return unusable(path, io_cause(errno));
  if (!S_ISDIR(info.st_mode) || info.st_uid != ::geteuid() || (info.st_mode & 077) != 0)
    return unusable(path, "not a folder that only this user can enter", "chmod 700 it, or name another one");
  return {};
}

Result<std::optional<crypto::Secret>> read_own_file(const std::string& path, std::size_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK));
  if (!file && errno == ENOENT) return std::optional<crypto::Secret>();
  struct stat info {};
  if (!file || ::fstat(file.get(), &info) != 0) return unusable(path, io_cause(errno));
  if (!S_ISREG(info.st_mode) || info.st_uid != ::geteuid() || (info.st_mode & 077) != 0)
    return unusable(path, "not a plain file that only this user can read", "chmod 600 it");
  if (info.st_size < 0 || static_cast<std::size_t>(info.st_size) > limit) return unusable(path, "larger than " + std::to_string(limit) + " bytes");
  crypto::Secret out(static_cast<std::size_t>(info.st_size));
  std::size_t have = 0;
  while (have < out.size()) {
    const ssize_t n = ::read(file.get(), out.bytes().data() + have, out.size() - have);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return unusable(path, "cannot be read completely");
    have += static_cast<std::size_t>(n);
  }
  return std::optional<crypto::Secret>(std::move(out));
}

Result<bool> create_own_file(const std::string& path, ByteView content) {
  // Written beside and linked into place: link(2) never replaces, so of two writers one wins, and both then read the same.
  std::string beside = path + ".XXXXXX";
  const Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
  if (!file) return unusable(path, io_cause(errno));
  const bool written = write_all(file.get(), content) && ::fsync(file.get()) == 0;
  const int write_error = errno;
  const bool linked = written && ::link(beside.c_str(), path.c_str()) == 0;
  const int link_error = errno;
  ::unlink(beside.c_str());
  if (!written) return unusable(path, io_cause(write_error));
  if (!linked && link_error == EEXIST) return false;
  if (!linked) return unusable(path, io_cause(link_error));
  TEE_CHECK(sync_folder_of(path));
  return true;
}

Result<crypto::Secret> read_whole(Feed& from, std::size_t limit) {
  crypto::Secret out(std::min<std::size_t>(limit, 1u << 20) + 1);
  std::size_t have = 0;
  for (;;) {
    TEE_TRY(const std::size_t n, from.read_full(out.bytes().subspan(have)));
    have += n;
    if (have < out.size()) break;
    if (have > limit) return fail(code::seal_too_large, "more than " + std::to_string(limit) + " bytes", "the chunked form has no limit");
    crypto::Secret wider(std::min(limit + 1, out.size() * 2));
    std::copy(out.view().begin(), out.view().end(), wider.bytes().begin());
    out = std::move(wider);
  }
  out.shrink(have);
  return out;
}

}  // namespace tee::seal
