FROM python:3.13-slim

WORKDIR /srv/downslope
COPY . .
# The CPU build of PyTorch: the CUDA build is larger by gigabytes, and is not needed.
RUN pip install --no-cache-dir -c constraints.txt --index-url https://download.pytorch.org/whl/cpu torch
RUN pip install --no-cache-dir -c constraints.txt .

RUN useradd --create-home downslope
USER downslope
WORKDIR /home/downslope
EXPOSE 8000
HEALTHCHECK --start-period=60s CMD ["python", "-c", "import httpx; httpx.get('http://127.0.0.1:8000/api/health').raise_for_status()"]
CMD ["downslope", "serve", "--host", "0.0.0.0", "--no-browser"]
