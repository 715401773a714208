#include "verify/source.h"

#include <algorithm>

#include "evidence/codes.h"
#include "verify/codes.h"

namespace tee::verify {

namespace {

constexpr std::size_t kPiece = 64u << 10;

bool is_space(std::uint8_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool blank(ByteView b) { return std::all_of(b.begin(), b.end(), is_space); }

Error too_large() { return Error(code::evidence_too_large, "the evidence is larger than 8 MiB"); }

// The operator's name for a line, so that results can be matched to their inputs.
std::string line_name(ByteView line, const std::string& source, std::size_t number) {
  std::string fallback = source + ":" + std::to_string(number);
  if (as_text(line).find("\"id\"") == std::string_view::npos) return fallback;
  const Result<Json> parsed = json::parse(as_text(line));
  if (!parsed) return fallback;
  if (const auto text = json::text_of(*parsed, "id"); text && !text->empty()) return *text;
  if (const auto id = json::unsigned_of(*parsed, "id")) return std::to_string(*id);
  return fallback;
}

}  // namespace

bool SubjectReader::fill() {
  if (ended_ || !input_ || buffer_.size() - start_ > kMaxInput) return false;
  if (start_ >= kPiece) drop_consumed();
  const std::size_t have = buffer_.size();
  buffer_.resize(have + kPiece);
  const Result<std::size_t> n = input_->read(std::span(buffer_).subspan(have));
  buffer_.resize(have + (n ? *n : 0));
  if (!n) read_error_ = n.error();
  ended_ = !n || *n == 0;
  return !ended_;
}

void SubjectReader::drop_consumed() {
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(start_));
  searched_ -= start_;
  start_ = 0;
}

std::size_t SubjectReader::find_newline() {
  for (;;) {
    const auto it = std::find(buffer_.begin() + static_cast<std::ptrdiff_t>(searched_), buffer_.end(), '\n');
    searched_ = static_cast<std::size_t>(it - buffer_.begin());
    if (it != buffer_.end()) return searched_;
    if (!fill()) return std::string::npos;
  }
}

Bytes SubjectReader::take_until(std::size_t end) {
  Bytes out(buffer_.begin() + static_cast<std::ptrdiff_t>(start_), buffer_.begin() + static_cast<std::ptrdiff_t>(end));
  start_ = searched_ = std::min(end + 1, buffer_.size());
  return out;
}

// Decides with a look at the first line, and at whether anything follows it.
bool SubjectReader::starts_lines() {
  while (buffer_.empty() && fill()) {}
  const auto first = std::find_if_not(buffer_.begin(), buffer_.end(), is_space);
  if (first == buffer_.end() || *first != '{') return false;
  const std::size_t end = find_newline();
  // Declared lines stay lines when the only one lacks its end: a stream cut there is malformed, not complete (S25).
  if (end == std::string::npos) return lines_ == Lines::declared && ended_;
  const ByteView line = ByteView(buffer_).first(end);
  if (!json::parse(as_text(line))) return false;
  if (lines_ == Lines::declared) return true;
  while (blank(ByteView(buffer_).subspan(end)))
    if (!fill()) return false;
  return true;
}

RawSubject SubjectReader::take_whole() {
  while (fill()) {}
  RawSubject out{.name = name_, .bytes = std::move(buffer_), .unreadable = {}, .malformed = {}};
  if (read_error_) out.unreadable = read_error_;
  else if (out.bytes.size() > kMaxInput) out.malformed = too_large();
  input_.reset();
  return out;
}

std::optional<RawSubject> SubjectReader::open_next() {
  const std::string& source = sources_[at_++];
  name_ = source;
  buffer_.clear();
  start_ = searched_ = 0;
  ended_ = false;
  read_error_.reset();
  if (source == "-") {
    input_.emplace(Input::standard());
  } else {
    Result<Input> opened = Input::open(source);
    if (!opened) return RawSubject{.name = name_, .bytes = {}, .unreadable = opened.error(), .malformed = {}};
    input_.emplace(std::move(*opened));
  }
  if (!starts_lines()) return take_whole();
  in_lines_ = true;
  line_number_ = 0;
  searched_ = 0;  // the look ahead went past line ends
  return std::nullopt;
}

// nullopt at the end of the input. Blank lines are passed over.
std::optional<RawSubject> SubjectReader::next_line() {
  for (;;) {
    const std::size_t end = find_newline();
    ++line_number_;
    RawSubject out;
    out.bytes = take_until(std::min(end, buffer_.size()));
    if (out.bytes.size() > kMaxInput) {
      out.malformed = too_large();
      if (end == std::string::npos) skip_line();
    } else if (end == std::string::npos) {
      in_lines_ = false;
      input_.reset();
      if (read_error_) out.unreadable = read_error_;
      else if (!blank(out.bytes)) out.malformed = Error(code::batch_unterminated, "the last line does not end with a newline; it may be cut off");
      else return std::nullopt;
    } else if (blank(out.bytes)) {
      continue;
    }
    out.name = line_name(out.bytes, name_, line_number_);
    return out;
  }
}

void SubjectReader::skip_line() {
  std::size_t end = find_newline();
  while (end == std::string::npos && !ended_) {
    start_ = searched_ = buffer_.size();
    end = find_newline();
  }
  start_ = searched_ = end == std::string::npos ? buffer_.size() : end + 1;
}

std::optional<RawSubject> SubjectReader::next() {
  for (;;) {
    if (in_lines_) {
      if (auto line = next_line()) return line;
    } else if (at_ < sources_.size()) {
      if (auto whole = open_next()) return whole;
    } else {
      return std::nullopt;
    }
  }
}

Subject subject_from(RawSubject raw) {
  if (!raw.malformed) return recognise(std::move(raw.bytes), std::move(raw.name));
  Subject out;
  out.name = std::move(raw.name);
  out.input = std::move(raw.bytes);
  out.form = "unknown";
  out.malformed = std::move(raw.malformed);
  return out;
}

}  // namespace tee::verify
