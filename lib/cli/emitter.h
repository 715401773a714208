// The only writer of standard output (or of the file given with -o). Floor F5.
//
// Objects go out as JSON, or as the one value that --get names. Everything passes through the escaping of json::dump or
// printable(), so that foreign text cannot act on a terminal (rule S26). Writing is for one thread at a time.
#pragma once

#include <atomic>
#include <string>

#include "base/stream.h"
#include "cli/presentation.h"
#include "codec/json.h"

namespace tee::cli {

class Emitter {
 public:
  explicit Emitter(const Presentation& show) : show_(show) {}

  void expect_many() { layout_ = Layout::compact; }  // one object per line from here on
  std::string render(const Json& value);             // what object() would write; by any thread
  Status object(const Json& value) { return text(render(value)); }
  Status text(std::string_view text);  // already fit for people
  Status bytes(ByteView raw);
  Status finish();                     // publishes; no output is lost without an error after this

  bool wrote() const { return wrote_; }
  bool pointer_missed() const { return pointer_missed_; }

 private:
  Status put(ByteView content);

  const Presentation& show_;
  std::optional<Output> out_;
  std::optional<Layout> layout_;
  bool wrote_ = false;
  std::atomic<bool> pointer_missed_ = false;
};

// A value as --get prints it: text without quotes, null as nothing but the word.
std::string raw_value(const Json& value);

}  // namespace tee::cli
