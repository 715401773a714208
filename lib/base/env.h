// The outside world as a value, so that tests can replace it and a reader can see who touches what. Floor F0.
//
// Only lib/base/env.cpp calls the clock, getenv, isatty and the file system.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"

namespace tee {

struct Env {
  std::function<Time()> now;
  std::function<void(std::span<std::uint8_t>)> random;                  // operating system entropy
  std::function<std::optional<std::string>(const char*)> getenv;       // presentation only in the verifier (S27)
  bool stdin_tty = false, stdout_tty = false, stderr_tty = false;

  static Env real();
};

inline constexpr std::size_t kMaxInput = 8u << 20;  // 8 MiB: any one subject or collateral document

// Whole file (or pipe such as /dev/fd/63) into memory. file.unreadable, or file.too_large above `limit`.
Result<Bytes> read_file(const std::string& path, std::size_t limit = kMaxInput);
// Standard input to its end. file.too_large above `limit`.
Result<Bytes> read_stdin(std::size_t limit = kMaxInput);
// Sorted names of the regular files directly inside a folder; error when it is no folder.
Result<std::vector<std::string>> list_folder(const std::string& path);
bool is_folder(const std::string& path);
// Writes beside `path`, fsyncs and renames; mode 0644 or 0600. On error nothing is left behind.
enum class FileMode { normal, secret };
Status write_file_atomic(const std::string& path, ByteView content, FileMode mode = FileMode::normal);

}  // namespace tee
