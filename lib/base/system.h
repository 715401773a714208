// The machine as a file-system root: what detectors and attesters look at, so that a test can show them another one. Floor F0.
//
// Nothing here decides anything. Paths are given as they stand on a real machine ("/sys/kernel/config/tsm/report"); `root`
// is put before them. Device nodes, sockets and pseudo files are opened only through this page.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/env.h"

namespace tee {

using Milliseconds = std::chrono::milliseconds;

// An open file descriptor, closed at the end of its life.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// What became of a path: an absent device and a forbidden one have different remedies.
enum class Presence { absent, denied, present };

struct System {
  std::string root;                                               // empty: this machine; otherwise "/tmp/fake", no final slash
  std::function<std::optional<std::string>(const char*)> getenv;  // simulation variables and service addresses

  static System real(const Env& env, std::string root = {});
  std::string at(std::string_view path) const { return root + std::string(path); }

  Presence exists(std::string_view path) const;                   // denied: a folder on the way may not be searched
  Presence usable(std::string_view path) const;                   // as above, and reading and writing it would be allowed
  // A small text or pseudo file, without its final line end. nullopt when absent, denied or above 64 KiB.
  std::optional<std::string> text(std::string_view path) const;
  // A pseudo file's bytes. platform.absent, platform.denied, platform.busy, platform.failed by errno.
  Result<Bytes> bytes(std::string_view path, std::size_t limit = kMaxInput) const;
  // Sorted names of everything directly inside a folder; empty when there is none.
  std::vector<std::string> names(std::string_view folder) const;
  // Where a link points, as text; nullopt when it is none.
  std::optional<std::string> link(std::string_view path) const;
  // A device node or pseudo file for ioctl(2), reading or writing. platform.absent, platform.denied.
  Result<Descriptor> open(std::string_view path, bool writable = true) const;
};

// Writes all of `content` with one write(2), as pseudo files need it. The error carries errno's meaning as above.
Status write_once(const Descriptor& file, ByteView content, std::string_view name);

// Runs a blocking call (an ioctl, a read of a pseudo file) on a thread of its own and gives up after `limit`: a device that
// hangs must not hang the tool. The call then goes on alone until the process ends, so it must own all that it touches.
// platform.timeout.
Result<int> with_deadline(Milliseconds limit, std::string_view what, std::function<int()> call);

// The Error for an errno of a device or pseudo file: platform.absent, platform.denied, platform.busy or platform.failed.
Error system_error(int number, std::string_view what);

}  // namespace tee
