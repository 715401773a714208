// Bytes and the one checked cursor through which every untrusted binary format is read. Floor F0.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tee {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view s) {
  return {reinterpret_cast<const std::uint8_t*>(s.data()), s.size()};
}
inline std::string_view as_text(ByteView b) { return {reinterpret_cast<const char*>(b.data()), b.size()}; }
inline Bytes to_bytes(ByteView b) { return Bytes(b.begin(), b.end()); }
template <std::size_t N>
Bytes to_bytes(const std::array<std::uint8_t, N>& a) { return Bytes(a.begin(), a.end()); }

bool equal(ByteView a, ByteView b);                // plain comparison of public bytes
bool equal_constant_time(ByteView a, ByteView b);  // for anything secret or pinned; unequal lengths are unequal
bool all_zero(ByteView b);                         // true for an empty view
void append(Bytes& to, ByteView more);

// Reads forward through a view. Sticky: the first read that does not fit marks the cursor failed; from then on
// reads give zeros and empty views, and finish() reports where it happened. So a parser reads a whole table
// of fields and asks once. Never reads outside the view.
class Cursor {
 public:
  explicit Cursor(ByteView data) : data_(data) {}

  std::uint8_t u8();
  std::uint16_t u16le();
  std::uint32_t u32le();
  std::uint64_t u64le();
  std::uint16_t u16be();
  std::uint32_t u32be();
  std::uint64_t u64be();
  ByteView take(std::size_t n);  // a view into the original bytes; empty after a failure
  ByteView rest();               // everything that is left
  void skip(std::size_t n) { (void)take(n); }
  template <std::size_t N>
  std::array<std::uint8_t, N> array() {
    std::array<std::uint8_t, N> out{};
    if (ByteView v = take(N); v.size() == N) std::memcpy(out.data(), v.data(), N);
    return out;
  }

  std::size_t offset() const { return pos_; }
  std::size_t remaining() const { return failed_ ? 0 : data_.size() - pos_; }
  bool ok() const { return !failed_; }
  // Error (input.malformed) naming `what` when a read did not fit; with exact, also when bytes are left over.
  enum class Left { refuse, allow };
  Status finish(std::string_view what, Left left = Left::refuse) const;

 private:
  ByteView data_;
  std::size_t pos_ = 0;
  bool failed_ = false;
  std::size_t wanted_ = 0;  // size of the read that failed
};

// Appends fixed-width integers and bytes; the writing twin of Cursor (mint, bindings, requests).
class Writer {
 public:
  Writer& u8(std::uint8_t v);
  Writer& u16le(std::uint16_t v);
  Writer& u32le(std::uint32_t v);
  Writer& u64le(std::uint64_t v);
  Writer& u16be(std::uint16_t v);
  Writer& u32be(std::uint32_t v);
  Writer& u64be(std::uint64_t v);
  Writer& bytes(ByteView b);
  Writer& text(std::string_view s) { return bytes(as_bytes(s)); }
  Writer& zeros(std::size_t n);
  std::size_t size() const { return out_.size(); }
  Bytes take() && { return std::move(out_); }
  const Bytes& view() const { return out_; }

 private:
  Bytes out_;
};

}  // namespace tee
