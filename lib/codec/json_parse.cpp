// json::parse: nlohmann's SAX reader feeding our own tree builder.
//
// The library's own tree builder keeps the last of two equal keys, has no depth limit and no positions. This
// one has. Positions come from the input iterator, which tells how far the lexer has read: just behind the
// closing quote or bracket of a token, but one byte behind a number.
#include <cmath>
#include <iterator>

#include "base/encoding.h"
#include "codec/json.h"

namespace tee::json {

namespace {

tl::unexpected<Error> bad(const Position& at, const std::string& why) {
  return fail(code::input_malformed,
              "line " + std::to_string(at.line) + ", column " + std::to_string(at.column) + ": " + why);
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_bracket(char c) { return c == '[' || c == ']' || c == '{' || c == '}'; }
bool is_separator(char c) { return c == ',' || c == ':'; }

// Turns growing offsets into lines and columns without starting over each time.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  Position at(std::size_t offset) {
    for (; done_ < offset && done_ < text_.size(); ++done_) {
      if (text_[done_] == '\n') {
        ++line_;
        line_begin_ = done_ + 1;
      }
    }
    return {line_, offset - line_begin_ + 1};
  }

 private:
  std::string_view text_;
  std::size_t done_ = 0, line_ = 1, line_begin_ = 0;
};

// An input iterator whose copies share the record of how far the lexer has read.
class TrackedIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  TrackedIterator(const char* at, const char** consumed) : at_(at), consumed_(consumed) {}
  reference operator*() const { return *at_; }
  TrackedIterator& operator++() {
    *consumed_ = ++at_;
    return *this;
  }
  TrackedIterator operator++(int) {
    TrackedIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const TrackedIterator& other) const { return at_ == other.at_; }
  bool operator!=(const TrackedIterator& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** consumed_;
};

enum class Spans { none, record };

// Receives the events of nlohmann::json::sax_parse. When one returns false, error() says why.
class Builder {
 public:
  Builder(std::string_view text, const Limits& limits, Spans spans, std::size_t span_depth)
      : text_(text),
        limits_(limits),
        spans_wanted_(spans == Spans::record),
        span_depth_(span_depth),
        lines_(text) {}

  Result<Located> run();

  bool null() { return scalar(nullptr); }
  bool boolean(bool v) { return scalar(v); }
  bool number_integer(Json::number_integer_t v) { return scalar(v); }
  bool number_unsigned(Json::number_unsigned_t v) { return scalar(v); }
  bool number_float(Json::number_float_t v, const std::string& token);
  bool string(std::string& v) { return scalar(std::move(v)); }
  bool binary(Json::binary_t&) { return refuse(last_, "a value that is not JSON"); }
  bool start_object(std::size_t) { return open(Json::object()); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool key(std::string& name);
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception& e);

 private:
  struct Open {
    Json* container;
    Json* slot = nullptr;   // object: where the value of the last key goes
    std::size_t path_size;  // of path_ when it names this container
    std::size_t begin;
    Position at;
  };

  std::size_t consumed() const { return static_cast<std::size_t>(consumed_ - text_.data()); }
  std::size_t next_token() const;
  bool recording() const { return spans_wanted_ && open_.size() <= span_depth_; }
  Json* place(Json value);
  bool record(std::size_t begin, std::size_t end, const Position& at);
  bool scalar(Json value);
  bool open(Json container);
  bool close();
  bool refuse(std::size_t offset, const std::string& why);

  std::string_view text_;
  const char* consumed_ = text_.data();
  Limits limits_;
  bool spans_wanted_;
  std::size_t span_depth_;
  LineCounter lines_;
  std::size_t last_ = 0;  // just behind the last token that made an event
  std::size_t values_ = 0;
  std::size_t pointer_bytes_ = 0;
  std::vector<Open> open_;
  std::string path_;  // JSON pointer of the value at hand, as deep as spans are recorded
  Located out_;
  std::optional<Error> error_;
};

bool Builder::refuse(std::size_t offset, const std::string& why) {
  error_ = bad(LineCounter(text_).at(offset), why).value();
  return false;
}

// Offset of the token behind last_: between tokens stand only white space, commas and colons.
std::size_t Builder::next_token() const {
  std::size_t at = last_;
  while (at < text_.size() && (is_space(text_[at]) || is_separator(text_[at]))) ++at;
  return at;
}

// Puts a value where it belongs and makes path_ name it; nullptr after refuse().
Json* Builder::place(Json value) {
  if (++values_ > limits_.values) {
    refuse(next_token(), "more than " + std::to_string(limits_.values) + " values");
    return nullptr;
  }
  if (open_.empty()) return &(out_.value = std::move(value));
  Open& parent = open_.back();
  if (parent.container->is_object()) return &(*parent.slot = std::move(value));
  if (recording()) {
    path_.resize(parent.path_size);
    path_ += '/';
    path_ += std::to_string(parent.container->size());
  }
  return &parent.container->emplace_back(std::move(value));
}

bool Builder::record(std::size_t begin, std::size_t end, const Position& at) {
  // Long names above many values would multiply; the pointers together may take as much as the text.
  pointer_bytes_ += path_.size();
  if (pointer_bytes_ > limits_.bytes) return refuse(begin, "names too long to keep track of");
  out_.spans.emplace(path_, Span{begin, end, at});
  return true;
}

bool Builder::scalar(Json value) {
  const std::size_t begin = next_token();
  const bool ends_where_consumed = value.is_string();
  if (!place(std::move(value))) return false;
  if (ends_where_consumed) {
    last_ = consumed();
  } else {  // the lexer has read one byte past a number: find the end of the word itself
    for (last_ = begin; last_ < text_.size(); ++last_) {
      if (is_space(text_[last_]) || is_separator(text_[last_]) || is_bracket(text_[last_])) break;
    }
  }
  return !recording() || record(begin, last_, lines_.at(begin));
}

bool Builder::number_float(Json::number_float_t v, const std::string& token) {
  const std::size_t begin = next_token();
  // Integers beyond 64 bits arrive here already rounded, and tiny numbers as zero.
  if (token.find_first_of(".eE") == std::string::npos)
    return refuse(begin, "an integer of more than 64 bits");
  const std::string_view mantissa = std::string_view(token).substr(0, token.find_first_of("eE"));
  const bool vanished = v == 0 && mantissa.find_first_of("123456789") != std::string_view::npos;
  if (!std::isfinite(v) || vanished) return refuse(begin, "a number too large or too small to represent");
  return scalar(v);
}

bool Builder::open(Json container) {
  const std::size_t begin = next_token();
  if (open_.size() >= limits_.depth) {
    return refuse(begin, "nested deeper than " + std::to_string(limits_.depth) + " levels");
  }
  Json* placed = place(std::move(container));
  if (!placed) return false;
  last_ = consumed();
  const Position at = recording() ? lines_.at(begin) : Position();
  open_.push_back({placed, nullptr, path_.size(), begin, at});
  return true;
}

bool Builder::key(std::string& name) {
  Open& parent = open_.back();
  const std::size_t begin = next_token();
  last_ = consumed();
  const auto [entry, is_new] = parent.container->get_ref<Json::object_t&>().try_emplace(name, nullptr);
  if (!is_new) return refuse(begin, "key \"" + printable(name, 64) + "\" occurs twice");
  parent.slot = &entry->second;
  if (recording()) {
    path_.resize(parent.path_size);
    path_ += '/';
    for (char c : name) {  // RFC 6901 section 4
      if (c == '~') {
        path_ += "~0";
      } else if (c == '/') {
        path_ += "~1";
      } else {
        path_ += c;
      }
    }
  }
  return true;
}

bool Builder::close() {
  last_ = consumed();
  const Open closed = open_.back();
  open_.pop_back();
  if (!recording()) return true;
  path_.resize(closed.path_size);
  return record(closed.begin, last_, closed.at);
}

bool Builder::parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) {
  if (e.id == 406) return refuse(next_token(), "a number too large or too small to represent");
  const std::size_t token = next_token();
  if (position > text_.size()) {  // the library counts the end of the input as one more character
    return refuse(text_.size(),
                  values_ == 0 && token == text_.size() ? "no value" : "the text ends inside a value");
  }
  // The byte it stopped at: in a string that is the culprit itself, elsewhere the token may begin before it.
  std::size_t at = consumed() > 0 ? consumed() - 1 : 0;
  if (token < at && text_[token] != '"') at = token;
  if (values_ > 0 && open_.empty()) return refuse(at, "something follows the value");
  return refuse(at, "not JSON");
}

Result<Located> Builder::run() {
  const TrackedIterator begin(text_.data(), &consumed_), end(text_.data() + text_.size(), &consumed_);
  if (!Json::sax_parse(begin, end, this, nlohmann::detail::input_format_t::json, true)) {
    if (error_) return tl::unexpected(*std::move(error_));
    return bad(LineCounter(text_).at(consumed()), "not JSON");
  }
  return std::move(out_);
}

// Offset behind the string that begins at `quote`.
std::size_t string_end(std::string_view text, std::size_t quote) {
  for (std::size_t at = text.find('"', quote + 1); at != std::string_view::npos;
       at = text.find('"', at + 1)) {
    std::size_t backslashes = 0;
    while (text[at - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return at + 1;
  }
  return text.size();
}

// The library copies a number or word several times over, in its error texts too. None that means anything is
// long.
std::optional<std::size_t> find_long_word(std::string_view text) {
  constexpr std::size_t kLongest = 1024;
  std::size_t word = 0;  // where the word at hand began
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"') {
      word = at = string_end(text, at);
      continue;
    }
    ++at;
    if (is_space(c) || is_separator(c) || is_bracket(c)) {
      word = at;
    } else if (at - word > kLongest) {
      return word;
    }
  }
  return std::nullopt;
}

// What the library would accept in silence (a NUL ends its input, a BOM is skipped) is refused before it
// reads.
Status check_text(std::string_view text, const Limits& limits) {
  if (text.size() > limits.bytes) {
    return fail(code::input_malformed, "JSON of more than " + std::to_string(limits.bytes) + " bytes");
  }
  if (text.starts_with("\xef\xbb\xbf")) return bad({}, "a byte order mark");
  if (const std::size_t at = text.find('\0'); at != std::string_view::npos) {
    return bad(LineCounter(text).at(at), "a NUL byte");
  }
  if (const std::size_t good = valid_utf8_prefix(text); good != text.size()) {
    return bad(LineCounter(text).at(good), "bytes that are not UTF-8");
  }
  if (const std::optional<std::size_t> at = find_long_word(text)) {
    return bad(LineCounter(text).at(*at), "a number or word of more than 1024 bytes");
  }
  return {};
}

}  // namespace

Result<Json> parse(std::string_view text, const Limits& limits) {
  TEE_CHECK(check_text(text, limits));
  TEE_TRY(Located located, Builder(text, limits, Spans::none, 0).run());
  return std::move(located.value);
}

Result<Located> parse_located(std::string_view text, std::size_t span_depth, const Limits& limits) {
  TEE_CHECK(check_text(text, limits));
  return Builder(text, limits, Spans::record, span_depth).run();
}

}  // namespace tee::json
