// Where subjects come from: named files, standard input, the lines of NDJSON. Floor F4.
//
// Only JSON objects one per line make several subjects of one input. Everything is read in pieces with fixed limits, so
// that an endless stream or a huge line costs no more memory than one subject.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/stream.h"
#include "verify/subject.h"

namespace tee::verify {

struct RawSubject {
  std::string name;
  Bytes bytes;
  std::optional<Error> unreadable;  // the operator's file could not be read: no verdict (status 3)
  std::optional<Error> malformed;   // too large, or a last line without its end: a verdict (status 1)
};

// declared: an input that begins with a JSON object is taken line by line at once. automatic: only when a second line
// follows, because a lone object is hashed with its newline.
enum class Lines { automatic, declared };

class SubjectReader {
 public:
  SubjectReader(std::vector<std::string> sources, Lines lines) : sources_(std::move(sources)), lines_(lines) {}

  std::optional<RawSubject> next();
  bool more_expected() const { return in_lines_ || at_ < sources_.size(); }

 private:
  std::optional<RawSubject> open_next();
  std::optional<RawSubject> next_line();
  RawSubject take_whole();
  bool starts_lines();
  bool fill();  // reads another piece; false at the end, on an error or at the limit
  std::size_t find_newline();              // offset into buffer_, or npos when none comes within the limit
  Bytes take_until(std::size_t end);       // consumes up to and with the newline at `end`
  void skip_line();
  void drop_consumed();

  std::vector<std::string> sources_;
  const Lines lines_;
  std::size_t at_ = 0;

  std::optional<Input> input_;
  std::string name_;
  Bytes buffer_;
  std::size_t start_ = 0;     // consumed before
  std::size_t searched_ = 0;  // no newline between start_ and this offset
  bool ended_ = false;
  bool in_lines_ = false;
  std::size_t line_number_ = 0;
  std::optional<Error> read_error_;
};

// Unwraps the bytes; what the reader found wrong stands in `malformed`.
Subject subject_from(RawSubject raw);

}  // namespace tee::verify
