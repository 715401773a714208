// Input that is read in pieces, and output that is either written completely or reported. Floor F0.
//
// Files appear by rename: a reader never sees half of one, and nothing is left behind after an error. Standard output
// is checked to the end: a full disk or a reader that went away is an error, never silence (rule S25).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "base/env.h"

namespace tee {

class Input {
 public:
  static Result<Input> open(const std::string& path);  // file or pipe such as /dev/fd/63; a folder is refused
  static Input standard();
  Input(Input&& other) noexcept : fd_(std::exchange(other.fd_, -1)), name_(std::move(other.name_)) {}
  Input& operator=(Input&&) = delete;
  ~Input();

  // Fills a part of `into`, as much as is there; 0 is the end.
  Result<std::size_t> read(std::span<std::uint8_t> into);

 private:
  Input(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  int fd_;
  std::string name_;
};

class Output {
 public:
  static Output standard();
  // Writes beside `path`. Links are followed; devices and pipes are written to directly.
  static Result<Output> file(const std::string& path, FileMode mode = FileMode::normal);
  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();  // a file that was not committed is removed

  Status write(ByteView content);
  Status commit();  // after this nothing more can be written

 private:
  Output() = default;
  int fd_ = -1;
  std::string name_;    // printable, for messages
  std::string beside_;  // the temporary name; empty when written directly
  std::string target_;
};

// For main(), before anything is opened. A reader that goes away shall give an error from write(), not a signal that ends
// the process without a word. Standard streams that are closed get a placeholder that fails, so that no file takes their
// number and receives messages meant for people.
void prepare_streams();
bool same_file(const std::string& a, const std::string& b);  // both exist and are one file, however they are named
void write_stderr(std::string_view text);                    // best effort: there is nowhere to report a failure

}  // namespace tee
