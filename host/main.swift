print("lakoo")
