// A server for one test: accepts on loopback or on a Unix socket, hands each request to a function, closes.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstring>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace test {

class Server {
 public:
  // Writes what it likes to the connection; the request is complete by then.
  using Handler = std::function<void(int connection, const std::string& request)>;

  explicit Server(Handler handler, const std::string& socket = {}) : handler_(std::move(handler)) {
    if (socket.empty()) {
      listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      sockaddr_in where{};
      where.sin_family = AF_INET;
      where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      socklen_t size = sizeof where;
      bind(reinterpret_cast<sockaddr*>(&where), size);
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&where), &size);
      port_ = ntohs(where.sin_port);
    } else {
      listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
      sockaddr_un where{};
      where.sun_family = AF_UNIX;
      std::strncpy(where.sun_path, socket.c_str(), sizeof where.sun_path - 1);
      bind(reinterpret_cast<sockaddr*>(&where), sizeof where);
    }
    std::signal(SIGPIPE, SIG_IGN);  // as prepare_streams() does for the tools: a peer that goes away is an error of a call
    thread_ = std::thread([this] { serve(); });
  }
  ~Server() {
    stop_ = true;
    thread_.join();
    ::close(listener_);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const { return port_; }
  std::string url(const std::string& path = "/") const { return "http://127.0.0.1:" + std::to_string(port_) + path; }
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

  static void write(int connection, const std::string& text) { (void)!::send(connection, text.data(), text.size(), MSG_NOSIGNAL); }
  static void pause(int milliseconds) { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); }

 private:
  void bind(const sockaddr* where, socklen_t size) {
    if (listener_ < 0 || ::bind(listener_, where, size) != 0 || ::listen(listener_, 8) != 0) std::abort();
  }

  bool readable(int fd) const {
    while (!stop_) {
      pollfd wait{fd, POLLIN, 0};
      if (::poll(&wait, 1, 20) > 0) return true;
    }
    return false;
  }

  void serve() {
    while (readable(listener_)) {
      const int connection = ::accept(listener_, nullptr, nullptr);
      if (connection < 0) continue;
      std::string request;
      char piece[4096];
      while (!complete(request) && readable(connection)) {
        const ssize_t n = ::recv(connection, piece, sizeof piece, 0);
        if (n <= 0) break;
        request.append(piece, static_cast<std::size_t>(n));
      }
      if (complete(request)) {
        {
          const std::lock_guard lock(mutex_);
          requests_.push_back(request);
        }
        handler_(connection, request);
      }
      ::close(connection);
    }
  }

  static bool complete(const std::string& request) {
    const auto end = request.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const auto length = request.find("Content-Length: ");
    const std::size_t body = length < end ? std::stoul(request.substr(length + 16)) : 0;
    return request.size() >= end + 4 + body;
  }

  Handler handler_;
  int listener_ = -1, port_ = 0;
  std::atomic<bool> stop_{false};
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

}  // namespace test
