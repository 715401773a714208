#include "base/bytes.h"

#include <algorithm>

namespace tee {

bool equal(ByteView a, ByteView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

bool equal_constant_time(ByteView a, ByteView b) {
  if (a.size() != b.size()) return false;
  volatile std::uint8_t difference = 0;  // volatile: the compiler must not leave the loop early
  for (std::size_t i = 0; i < a.size(); ++i)
    difference = static_cast<std::uint8_t>(difference | (a[i] ^ b[i]));
  return difference == 0;
}

bool all_zero(ByteView b) {
  return std::all_of(b.begin(), b.end(), [](std::uint8_t byte) { return byte == 0; });
}

void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

ByteView Cursor::take(std::size_t n) {
  if (failed_) return {};
  if (n > data_.size() - pos_) {
    failed_ = true;
    wanted_ = n;
    return {};
  }
  ByteView out = data_.subspan(pos_, n);
  pos_ += n;
  return out;
}

ByteView Cursor::rest() { return take(remaining()); }

namespace {

template <class T>
T little_endian(ByteView bytes) {
  T value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = static_cast<T>(std::uint64_t{value} << 8 | bytes[i]);
  return value;
}

template <class T>
T big_endian(ByteView bytes) {
  T value = 0;
  for (std::uint8_t byte : bytes) value = static_cast<T>(std::uint64_t{value} << 8 | byte);
  return value;
}

}  // namespace

std::uint8_t Cursor::u8() { return big_endian<std::uint8_t>(take(1)); }
std::uint16_t Cursor::u16le() { return little_endian<std::uint16_t>(take(2)); }
std::uint32_t Cursor::u32le() { return little_endian<std::uint32_t>(take(4)); }
std::uint64_t Cursor::u64le() { return little_endian<std::uint64_t>(take(8)); }
std::uint16_t Cursor::u16be() { return big_endian<std::uint16_t>(take(2)); }
std::uint32_t Cursor::u32be() { return big_endian<std::uint32_t>(take(4)); }
std::uint64_t Cursor::u64be() { return big_endian<std::uint64_t>(take(8)); }

Status Cursor::finish(std::string_view what, Left left) const {
  if (failed_) {
    return fail(code::input_malformed, std::string(what) + ": " + std::to_string(wanted_) +
                                           " bytes expected at offset " + std::to_string(pos_) + ", " +
                                           std::to_string(data_.size() - pos_) + " there");
  }
  if (left == Left::refuse && pos_ != data_.size()) {
    return fail(code::input_malformed, std::string(what) + ": ends at offset " + std::to_string(pos_) +
                                           ", but " + std::to_string(data_.size() - pos_) +
                                           " more bytes follow");
  }
  return {};
}

namespace {

template <std::size_t N>
void put_le(Bytes& out, std::uint64_t v) {
  for (std::size_t i = 0; i < N; ++i) out.push_back(static_cast<std::uint8_t>(v >> (8 * i)));
}

template <std::size_t N>
void put_be(Bytes& out, std::uint64_t v) {
  for (std::size_t i = N; i-- > 0;) out.push_back(static_cast<std::uint8_t>(v >> (8 * i)));
}

}  // namespace

Writer& Writer::u8(std::uint8_t v) { return put_be<1>(out_, v), *this; }
Writer& Writer::u16le(std::uint16_t v) { return put_le<2>(out_, v), *this; }
Writer& Writer::u32le(std::uint32_t v) { return put_le<4>(out_, v), *this; }
Writer& Writer::u64le(std::uint64_t v) { return put_le<8>(out_, v), *this; }
Writer& Writer::u16be(std::uint16_t v) { return put_be<2>(out_, v), *this; }
Writer& Writer::u32be(std::uint32_t v) { return put_be<4>(out_, v), *this; }
Writer& Writer::u64be(std::uint64_t v) { return put_be<8>(out_, v), *this; }
Writer& Writer::bytes(ByteView b) { return append(out_, b), *this; }
Writer& Writer::zeros(std::size_t n) { return out_.resize(out_.size() + n), *this; }

}  // namespace tee
